"""Builds the site: `python build.py`, or `python build.py --help`."""

import os
import sys

STOPPED = "\nStopped. · หยุดแล้ว"  # by Ctrl-C, before it is known which language to tell it in

try:
    from microsite.cli import main
except ModuleNotFoundError as missing:
    if missing.name and missing.name.split(".")[0] == "microsite":
        raise
    sys.exit(
        f"{missing.name} is not installed for this Python. Run: make site\n"
        "On Windows: .venv\\Scripts\\activate, then python build.py again\n"
        f"Python ตัวนี้ยังไม่มี {missing.name} สั่ง: make site\n"
        "บน Windows: สั่ง .venv\\Scripts\\activate แล้วสั่ง python build.py อีกครั้ง"
    )
except KeyboardInterrupt:
    sys.exit(STOPPED)

if __name__ == "__main__":
    code = 1
    try:
        code = main(sys.argv[1:], home=os.path.dirname(os.path.realpath(__file__)))
    except KeyboardInterrupt:
        sys.stderr.write(f"{STOPPED}\n")
    except OSError:  # nobody reads any more
        pass
    # Python would take everything apart that a build has put together, which takes its time.
    os._exit(code)
