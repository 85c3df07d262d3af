"""What `doctor` looks for on the disk: room, leave to write, and the last backup."""

import errno
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bot.backup import find_latest
from bot.clock import wall
from bot.services.upkeep.health.finding import Finding, lasting
from bot.settings import Settings

LITTLE_MB, TOO_LITTLE_MB = 500, 50
OLD_BACKUP = timedelta(days=2)
_HINTS = {
    errno.ENOENT: "`dondoc run` or `dondoc load` makes it",
    errno.ENOSPC: "make room",
    errno.EDQUOT: "make room",
}


def check_data_dir(folder: Path) -> Iterator[Finding]:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "let the bot's user write there")
        yield Finding("data", "fail", f"DATA_DIR ({folder}) cannot be written: {error.strerror}; {hint}")
        return
    free = shutil.disk_usage(folder).free // 2**20
    if free < LITTLE_MB:
        yield Finding(
            "data",
            "fail" if free < TOO_LITTLE_MB else "warn",
            f"only {free} MB free at DATA_DIR ({folder}): make room",
        )
    else:
        yield Finding("data", "ok", f"DATA_DIR can be written, {free} MB free")


def check_disk(file: Path, data_dir: Path) -> Iterator[Finding]:
    """Of the database's file, where that is another disk than DATA_DIR's."""
    folder = file.parent
    try:
        if folder.stat().st_dev == data_dir.stat().st_dev:
            return
        free = shutil.disk_usage(folder).free // 2**20
    except OSError:
        return  # said of the file itself
    if free < LITTLE_MB:
        yield Finding(
            "disk",
            "fail" if free < TOO_LITTLE_MB else "warn",
            f"only {free} MB free beside {file}: make room",
        )


def check_backup(settings: Settings) -> Iterator[Finding]:
    if settings.is_sandbox:
        return
    latest = find_latest(settings.data_dir)
    timer = "every night by dondoc-backup.timer, or `dondoc backup FILE`"
    if latest is None:
        yield Finding("backup", "warn", f"none was made with this DATA_DIR yet: {timer}")
        return
    age = max(wall() - latest.at, timedelta())
    told = f"the last one was made {lasting(age)} ago: {latest.path}"
    if age > OLD_BACKUP:
        yield Finding("backup", "warn", f"{told}; wanted: {timer}")
    else:
        yield Finding("backup", "ok", f"{told}; keep a copy on another machine")
