"""The published JSON Schema of `tasks.json`, made from the models: `python -m bot.documents.schema` writes it."""

import json
from pathlib import Path

from bot.documents.tasks_file import TasksFile

SCHEMA_FILE = Path(__file__).with_name("tasks.schema.json")
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_schema() -> str:
    """The schema as the text of its file, a JSON Schema of the 2020-12 dialect."""
    body = TasksFile.model_json_schema(by_alias=True)
    return json.dumps({"$schema": DIALECT, **body}, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(make_schema(), encoding="utf-8")
