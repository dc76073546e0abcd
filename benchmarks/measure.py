"""Runs a command and prints its wall and CPU seconds and its peak memory in megabytes, as JSON.

This is a separate, small process, because the kernel counts the memory of the parent process as the command's.
"""

import json
import os
import subprocess
import sys
import time

start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
wall = time.perf_counter() - start
process.returncode = code = os.waitstatus_to_exitcode(status)
cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
json.dump({"code": code, "wall": wall, "cpu": cpu, "peak": peak}, sys.stdout)
