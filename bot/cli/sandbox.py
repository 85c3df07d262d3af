"""`dondoc sandbox`: server and page as a process of their own, for a bot started with their addresses."""

import argparse

from bot.sandbox import run_standalone
from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--memory", action="store_true", help="forget everything at the end")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """The bot is told where it is by TELEGRAM_API_URL and CLOCK_URL."""
    folder = None if args.memory else settings.sandbox_dir
    return run_standalone(settings.web_host, settings.web_port, folder)
