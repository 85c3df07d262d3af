"""The errors people cause: each carries the sentences to show, and nothing has changed."""


class UserError(Exception):
    """A refused request. `sentences` name the field, the value and what would be right."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class SettingsError(Exception):
    """A wrong setting or wrong usage: the program cannot start (exit code 2)."""
