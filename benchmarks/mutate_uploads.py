"""Spoil small honest files in thousands of ways and read each: nothing may crash the server.

    python benchmarks/mutate_uploads.py [--count 20000] [--seed 1] [--guarded 200]

Most are read in worker processes under the limits of an upload's child, many to a worker, so that it ends in
reasonable time; a worker that dies names the file that killed it, which is then read through the guard as
an upload would be, and must be refused there in a sentence. `--guarded` more go through the guard from the
start.
Exit status 1 if the guard let anything through but a reading or a refusal, or if a file made the program itself fail.
"""

import argparse
import collections
import importlib.util
import io
import random
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
SECONDS_EACH = 30
BATCH = 400


def seeds() -> list[tuple[str, bytes]]:
    """Small honest files, one of each format, from the tests' own."""
    made = _made()
    table = "Service,Budget,Actual\n" + "".join(f"Service {n},{n * 100},{n * 90}\n" for n in range(1, 30))
    rows = [["Service", "Budget"], *([f"Service {n}", n * 100] for n in range(1, 20)), ["Total", 19000]]
    described = (
        b'{"name":"b","resources":[{"name":"b","path":"b.csv","schema":{"fields":[{"name":"Service","type":"string"},'
        b'{"name":"Budget","type":"number","columnType":"value"}]}}]}'
    )
    return [
        ("ordinary.xlsx", made.ordinary(30)),
        ("plain.xlsx", made.xlsx()),
        ("old.xls", _old_workbook()),
        ("binary.xlsb", made.xlsb(rows)),
        ("open.ods", made.ods()),
        ("table.csv", table.encode()),
        ("quoted.csv", table.replace("Service 7", '"Café ""7"", £"').encode("cp1252")),
        ("wide.csv", table.replace(",", "\t").encode("utf-16")),
        ("package.zip", made.zipped({"datapackage.json": described, "b.csv": table.encode()})),
    ]


def _made() -> ModuleType:
    path = ROOT / "tests" / "intake_bytes" / "made.py"
    spec = importlib.util.spec_from_file_location("made", path)
    assert spec and spec.loader  # noqa: PT018
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _old_workbook() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Budget")
    for row in range(20):
        sheet.write(row, 0, f"Service {row}")
        sheet.write(row, 1, row * 100)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def spoilt(number: int, seed: int, originals: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """The spoilt file of this number: always the same for the same seed."""
    chance = random.Random(seed * 1_000_003 + number)
    name, data = chance.choice(originals)
    if data[:2] == b"PK" and chance.random() < 0.6:
        return name, _spoilt_inside(data, chance)
    return name, _spoilt_bytes(data, chance)


def _spoilt_inside(data: bytes, chance: random.Random) -> bytes:
    """Spoil one part of a zipped file and pack it again as it should be, so that readers get to see it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name, part in parts.items() if part])
    parts[name] = _spoilt_bytes(parts[name], chance)
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)
    return memory.getvalue()


def _spoilt_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        if not changed:
            break
        at, length = chance.randrange(len(changed)), chance.choice((1, 1, 2, 4, 30))
        match chance.randrange(8):
            case 0 | 1:
                changed[at] ^= 1 << chance.randrange(8)
            case 2:
                changed[at] = chance.choice((0, 1, 0x22, 0x3C, 0x7F, 0x80, 0xFE, 0xFF))
            case 3:
                changed[at : at + length] = b""
            case 4:
                changed[at:at] = chance.randbytes(length)
            case 5:
                other = chance.randrange(len(changed))
                changed[at:at] = changed[other : other + length * 8]
            case 6:
                changed[at : at + 4] = chance.choice(
                    (b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"9999", b"\x00" * 4)
                )
            case _:
                if chance.random() < 0.1:
                    del changed[at:]
    return bytes(changed)


def work(first: int, last: int, seed: int) -> None:
    """Read the spoilt files from `first` to before `last`, saying of each how it went; run in a worker."""
    from budget_model.intake.files import child, codec, formats
    from budget_model.intake.reading import understand
    from budget_model.problem import Refusal

    originals = seeds()
    child.confine(BATCH * 1_000_000 * SECONDS_EACH)
    for number in range(first, last):
        name, data = spoilt(number, seed, originals)
        print(number, "reading", flush=True)
        signal.alarm(SECONDS_EACH)
        try:
            reading = understand(formats.open_workbook(data, name), {})
            codec.encode(reading)
            outcome = "refused as no budget" if reading.refused else "read"
        except Refusal:
            outcome = "refused"
        except MemoryError:
            outcome = "out of memory"
        except Exception as fault:  # every fault is a finding, and the others must be read all the same
            outcome = f"fault {type(fault).__name__}: {fault}".replace("\n", " ")[:160]
        signal.alarm(0)
        print(number, outcome, flush=True)


def outcomes(count: int, seed: int) -> Iterator[tuple[int, str]]:
    """How the reading of each spoilt file went; one that kills its worker is read again by the guard."""
    first = 0
    while first < count:
        last = min(first + BATCH, count)
        command = [sys.executable, __file__, "--worker", str(first), str(last), "--seed", str(seed)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)  # noqa: PLW1510
        at, said = first, ""
        for line in done.stdout.splitlines():
            number, _, said = line.partition(" ")
            at = int(number)
            if said != "reading":
                yield at, said
        if said == "reading":
            yield at, f"killed its worker ({done.returncode}); the guard: {guarded(at, seed)}"
            first = at + 1
        elif at + 1 < last or not done.stdout:
            raise SystemExit(f"A worker stopped without a word: {done.stderr[-2000:]}")
        else:
            first = last


def guarded(number: int, seed: int, originals: list[tuple[str, bytes]] | None = None) -> str:
    """How an upload of this spoilt file would go."""
    from budget_model.intake.guard import read_guarded
    from budget_model.problem import Refusal

    name, data = spoilt(number, seed, originals or seeds())
    try:
        return "refused as no budget" if read_guarded(data, name).refused else "read"
    except Refusal as refusal:
        if "fault in this program" in refusal.sentence:
            return "fault"
        return "refused" if refusal.sentence.strip() else "refused without a word"


def main() -> int:
    """Read them all and print how many went which way."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guarded", type=int, default=200)
    parser.add_argument("--worker", type=int, nargs=2, metavar=("FIRST", "LAST"))
    options = parser.parse_args()
    if options.worker:
        first, last = options.worker
        work(first, last, options.seed)
        return 0
    tally: collections.Counter[str] = collections.Counter()
    faults: dict[str, int] = {}
    for number, said in outcomes(options.count, options.seed):
        tally[said.split(":")[0] if said.startswith("fault") else said] += 1
        if "fault" in said:
            faults.setdefault(said, number)
    originals = seeds()
    for number in range(options.count, options.count + options.guarded):
        said = guarded(number, options.seed, originals)
        tally[f"through the guard: {said}"] += 1
        if said in ("fault", "refused without a word"):
            faults.setdefault(f"{said} through the guard", number)
    for said, often in tally.most_common():
        print(f"{often:7,}  {said}")
    for said, number in faults.items():
        print(f"first at {number}: {said}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
