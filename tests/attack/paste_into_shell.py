"""Types texts into an interactive shell on a pseudo-terminal: paste_into_shell.py SHELL FOLDER LOCALE < texts.json"""
import json, os, pty, select, sys, time

shell, folder, locale = sys.argv[1:4]
scripts = json.load(sys.stdin)
arguments = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"], "dash": ["dash", "-i"]}[shell]

pid, terminal = pty.fork()
if pid == 0:
    os.chdir(folder)
    os.environ.update({"TERM": "dumb", "LC_ALL": locale, "HISTFILE": "/dev/null", "PS1": "> ", "PS2": "+ "})
    os.execvp(arguments[0], arguments)


def drain(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.02)
        if not ready:
            continue
        try:
            if not os.read(terminal, 65536):
                return False
        except OSError:
            return False
    return True


def send(text):
    data = text.encode("utf-8", "surrogatepass")
    while data:
        _, writable, _ = select.select([], [terminal], [], 5)
        if not writable:
            drain(0.2)
            continue
        data = data[os.write(terminal, data[:256]):]
        drain(0.005)


drain(0.5)
send(". ./rc.sh\n")
drain(0.3)
for number, script in enumerate(scripts):
    send(script + "\n")
    send(f"printf x > DONE{number}\n")
    deadline = time.monotonic() + 10
    while not os.path.exists(os.path.join(folder, f"DONE{number}")) and time.monotonic() < deadline:
        if not drain(0.02):
            break
send("exit\n")
drain(0.3)
os.close(terminal)
