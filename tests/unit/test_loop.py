"""The event loop after the process was stopped for longer than its time-outs."""

import os
import signal
import socket
import subprocess
import sys
import time

WAIT_S = 0.3
CHILD = f"""
import anyio, asyncio, sys
from bot.loop import run

async def main():
    reader, _ = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]))
    with anyio.fail_after({WAIT_S}):  # as the library waits for an answer
        print("waiting", flush=True)
        print(await reader.readline())

run(main())
"""


def test_an_answer_that_came_while_the_process_was_stopped_is_read_and_not_taken_for_lost() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", CHILD, str(server.getsockname()[1])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            connection, _ = server.accept()
            assert child.stdout.readline() == "waiting\n"
            os.kill(child.pid, signal.SIGSTOP)
            os.waitpid(child.pid, os.WUNTRACED)
            connection.sendall(b"sent\n")
            time.sleep(WAIT_S)
            os.kill(child.pid, signal.SIGCONT)
            assert child.stdout.read() == "b'sent\\n'\n"
            connection.close()
