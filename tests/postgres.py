"""A PostgreSQL server of the tests' own, started where the system's package is installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "budget"


def programs() -> Path | None:
    """The folder of the server's programs; None where there is none, or only a user who may not run it."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    there = folders[-1].parent if folders else None
    return there if there and (os.getuid() or _servers_user()) else None


@contextmanager
def server() -> Iterator[Path]:
    """A server that listens on a socket in a folder, and goes with it; nothing of it outlives the tests."""
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if user := _servers_user():
            os.chown(folder, user.pw_uid, user.pw_gid)
        _run("initdb", "-D", f"{folder}/data", "-A", "trust", "-U", USER, "--no-sync")
        settings = f"-k {folder} -c listen_addresses= -c fsync=off"
        _run("pg_ctl", "-D", f"{folder}/data", "-o", settings, "-l", f"{folder}/log", "-w", "start")
        try:
            yield folder
        finally:
            _run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")


def make_database(folder: Path, name: str, like: str = "template1") -> str:
    """A new database like another, to which nobody is connected; how it is reached."""
    _run("createdb", "-h", str(folder), "-U", USER, "-T", like, name)
    return f"dbname={name} host={folder} user={USER}"


def _servers_user() -> pwd.struct_passwd | None:
    """Who runs the server where these tests are root, which may not."""
    if os.getuid():
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None


def _run(name: str, *words: str) -> None:
    folder = programs()
    assert folder is not None
    as_user = [shutil.which("runuser") or "runuser", "-u", "postgres", "--"] if _servers_user() else []
    done = subprocess.run(
        [*as_user, str(folder / name), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr
