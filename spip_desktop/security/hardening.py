"""Keeps what the process holds out of core dumps and of other programs of the same session."""

import sys

_PR_SET_DUMPABLE = 4
# Windows: no error box that offers a dump; others may see that we run, wait for our end and end us, not read us.
_NO_ERROR_BOX = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX
_DACL_INFORMATION = 0x4
_WHO_MAY = "D:P(A;;0x101001;;;OW)(A;;0x101001;;;SY)"  # SYNCHRONIZE, QUERY_LIMITED_INFORMATION, TERMINATE


def harden() -> None:
    """No core dump, no reading of our memory by a neighbour; call before any key is in memory.

    Linux: `execve` undoes the second part, so every start calls it. Windows: as KeePassXC does, not verified there.
    Elsewhere the core limit alone applies.
    """
    if sys.platform == "win32":
        _harden_windows()
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _harden_windows() -> None:  # not verified: no Windows machine here
    if sys.platform != "win32":
        return
    import ctypes

    kernel, advanced = ctypes.windll.kernel32, ctypes.windll.advapi32
    kernel.SetErrorMode(_NO_ERROR_BOX)
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    descriptor = ctypes.c_void_p()
    made = advanced.ConvertStringSecurityDescriptorToSecurityDescriptorW(_WHO_MAY, 1, ctypes.byref(descriptor), None)
    if made:
        process = ctypes.c_void_p(kernel.GetCurrentProcess())
        advanced.SetKernelObjectSecurity(process, _DACL_INFORMATION, descriptor)
        kernel.LocalFree(descriptor)


def wipe(secret: bytearray) -> None:
    """Zeros over the secret; copies Python made elsewhere remain until the process is replaced."""
    secret[:] = bytes(len(secret))
