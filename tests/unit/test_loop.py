"""The event loop after the process was stopped for longer than its time-outs."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.e2e.harness import wait_for

WAIT_S = 0.3
CHILD = f"""
import asyncio, sys
import aiohttp
from bot.loop import run

async def main():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(sock_read={WAIT_S})) as session:
        async with session.get(f"http://127.0.0.1:{{sys.argv[1]}}/") as answer:
            print(await answer.text())

run(main())
"""


def test_an_answer_that_came_while_the_process_was_stopped_is_read_and_not_taken_for_lost() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", CHILD, str(server.getsockname()[1])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            connection, _ = server.accept()
            assert connection.recv(4096).startswith(b"GET / ")
            wait_for(lambda: is_asleep(child.pid), "it waits for the answer")
            os.kill(child.pid, signal.SIGSTOP)
            os.waitpid(child.pid, os.WUNTRACED)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsent")
            time.sleep(2 * WAIT_S)
            os.kill(child.pid, signal.SIGCONT)
            assert child.stdout.read() == "sent\n"
            connection.close()


def is_asleep(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("S")
