"""What the sandbox is to deny, tried: probe.py NAME… (or `all`) prints for each "NAME allowed" or "NAME denied ERRNO"."""
import ctypes
import errno
import mmap
import os
import resource
import socket
import stat
import subprocess
import sys

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
MARK = "/opt/latchkey-marks"  # made by the suite: what a service must not see or do


def system_call(number, *arguments):
    if libc.syscall(number, *arguments) == -1:
        raise OSError(ctypes.get_errno(), "")


def write(path):
    with open(path, "w"):
        pass
    os.unlink(path)


def opens(path, mode="rb"):
    with open(path, mode, buffering=0):
        pass


def refuse_unless(condition, number=errno.EACCES):
    if not condition:
        raise OSError(number, "")


def write_and_execute():
    page = libc.mmap(None, 4096, 7, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1, 0)
    refuse_unless(page not in (None, ctypes.c_void_p(-1).value), ctypes.get_errno())


def foreign_call():
    """getpid(2) as a 32-bit program calls it, in a child, since a filter may kill it. The code stands in a file."""
    child = os.fork()
    if child == 0:
        try:
            with open(MARK + "/foreign-call", "rb") as file:
                page = libc.mmap(None, 4096, mmap.PROT_READ | mmap.PROT_EXEC, mmap.MAP_PRIVATE, file.fileno(), 0)
            os._exit(0 if ctypes.CFUNCTYPE(ctypes.c_int)(page)() == os.getpid() else 1)
        finally:
            os._exit(2)
    refuse_unless(os.waitpid(child, 0)[1] == 0, errno.EPERM)


def become_root():
    said = subprocess.run([MARK + "/set-uid-id", "-u"], capture_output=True, check=True).stdout
    refuse_unless(said.strip() == b"0", errno.EPERM)


def message_queue():
    """The queue that stands outside, with key 4711."""
    refuse_unless(libc.msgget(4711, 0) >= 0, ctypes.get_errno())


def invalid_time():
    """No clock is set: the time is none. EINVAL says that the question was allowed."""
    try:
        time = (ctypes.c_long * 2)(0, -1)
        system_call(227, 0, time)
    except OSError as error:
        refuse_unless(error.errno == errno.EINVAL, error.errno)


def set_uid_file():
    with open("/dev/shm/set-uid" if os.path.isdir("/dev/shm") else "/tmp/set-uid", "w") as file:
        os.unlink(file.name)
        os.fchmod(file.fileno(), stat.S_ISUID | 0o700)


def priority():
    """Whether it changed; a refusal that is not told is the number 0."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, before + 1)
    refuse_unless(os.getpriority(os.PRIO_PROCESS, 0) != before, 0)


def keyring():
    """A key of the session keyring that the caller left there (request_key(2))."""
    system_call(249, b"user", b"latchkey-mark", None, 0)


def alone(number):
    """The call itself, with arguments that do nothing: any other error than a filter's says that it was let through."""
    def run():
        try:
            system_call(number, 0, 0, 0, 0, 0)
        except OSError as error:
            refuse_unless(error.errno != errno.EUCLEAN, errno.EUCLEAN)
    return run


PROBES = {
    "become-root": become_root,
    "chown": lambda: os.chown(MARK + "/owned", 1, 1),
    "write-system": lambda: write("/usr/latchkey-probe"),
    "read-home": lambda: opens("/root/mark"),
    "shared-tmp": lambda: opens("/tmp/mark"),
    "device": lambda: opens(MARK + "/device"),
    "console": lambda: opens("/dev/console"),
    "message-queue": message_queue,
    "mount-namespace": lambda: refuse_unless(os.readlink("/proc/self/ns/mnt") == os.readlink("/proc/1/ns/mnt")),
    "host-name": lambda: socket.sethostname(socket.gethostname()),
    "set-clock": invalid_time,
    "write-tunable": lambda: opens("/proc/sys/net/ipv4/ip_default_ttl", "r+b"),
    "kernel-modules": lambda: opens("/usr/lib/modules/mark"),
    "kernel-log": lambda: system_call(103, 10, 0, 0),
    "control-group": lambda: (os.mkdir("/sys/fs/cgroup/mark"), os.rmdir("/sys/fs/cgroup/mark")),
    "other-processes": lambda: os.stat("/proc/1"),
    "kernel-figures": lambda: opens("/proc/meminfo"),
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
    "packet": lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM).close(),
    "namespace": lambda: system_call(272, 0x04000000),
    "real-time": lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1)),
    "set-uid-file": set_uid_file,
    "personality": lambda: system_call(135, 0x0020000),
    "write-and-execute": write_and_execute,
    "foreign-call": foreign_call,
    "refused-call": lambda: system_call(165, 0, 0, 0, 0, 0),
    "mount": alone(165),
    "trace": alone(101),
    "change-root": alone(161),
    "load-kernel": alone(246),
    "affinity": lambda: os.sched_setaffinity(0, os.sched_getaffinity(0)),
    "core-file": lambda: refuse_unless(resource.getrlimit(resource.RLIMIT_CORE)[1] != 0),
    "loopback": lambda: socket.create_connection(("127.0.0.1", 3890), 2).close(),
    "elsewhere": lambda: socket.create_connection(("192.0.2.1", 3891), 2).close(),
}

# Not among `all`: these leave something, or ask for what the suite left.
OTHERS = {
    "priority": priority,
    "keyring": keyring,
    "leave-key": lambda: system_call(248, b"user", b"latchkey-mark", b"mark", 4, -3),
    "leave-queue": lambda: refuse_unless(libc.msgget(4712, 0o1600) >= 0, ctypes.get_errno()),
}

for name in PROBES if sys.argv[1] == "all" else sys.argv[1:]:
    try:
        (PROBES | OTHERS)[name]()
        print(name, "allowed")
    except OSError as error:
        print(name, "denied", errno.errorcode.get(error.errno, error.errno))
    except subprocess.CalledProcessError as error:
        print(name, "denied", error.returncode)
