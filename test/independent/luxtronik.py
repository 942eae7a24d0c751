"""A Luxtronik 2.1 made of the register facts and pymodbus: nothing of it is ours but this file.

Arguments: the facts, a firmware as "3.92.1", the active functions separated by commas. It has the points of that
firmware; a point of which no function is active shows its "not available" number, before 3.92 a zero. Every other point has
a value of its own, coded with Python's struct module. The first line on standard output is JSON: the port, and the value
expected of each sensor (null: "not available"). Then follows every request as one line of JSON, with the milliseconds
since the one before; one that touches an address without a point is answered with exception 2.
"""

import asyncio
import csv
import json
import struct
import sys
import time

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server.async_io import ModbusTcpServer

FORMATS = {"int16": ">h", "uint16": ">H", "bitfield": ">H", "int32": ">i", "uint32": ">I"}
FUNCTIONS = [
    "heating", "hot_water", "cooling", "pool", "solar", "room_control_unit",
    "mc1_heating", "mc1_cooling", "mc2_heating", "mc2_cooling", "mc3_heating", "mc3_cooling",
]  # fmt: skip


def version(text):
    return [int(part) for part in text.split(".")]


def clauses(row):
    """Since which firmware a point exists, and the functions one of which must be active; none: always."""
    since, functions = "0", []
    for clause in row["applies"].split(";"):
        if clause.startswith("firmware:>="):
            since = clause.removeprefix("firmware:>=")
        elif clause.startswith("function:"):
            functions = clause.removeprefix("function:").split("|")
    return version(since), functions


def own_number(row, index):
    """A number that no other row of its kind has; every ninth is the sentinel."""
    if row["na_value"] and index % 9 == 4:
        return int(row["na_value"]), None
    if row["enum"]:
        options = row["enum"].split(";")
        number = int(options[index % len(options)].split("=")[0])
        return number, number
    number = 1_000 + 37 * index
    if row["data_type"].endswith("32"):
        number *= 1_009
    # Temperatures are signed, also those that the facts call unsigned.
    if row["data_type"] == "int16" or row["unit"] == "°C":
        number *= -1 if index % 2 else 1
    return number, number * float(row["scale"])


def raw_number(row, index, firmware, active):
    names = ["firmware_major", "firmware_minor", "firmware_patch"]
    if row["key"] in names:
        number = firmware[names.index(row["key"])]
        return number, number
    _, functions = clauses(row)
    if functions and not set(functions) & set(active):
        return (int(row["na_value"]) if firmware >= [3, 92, 0] else 0), None
    return own_number(row, index)


def words_of(row, raw):
    """The words as they go on the wire: big-endian bytes, high word first."""
    form = FORMATS[row["data_type"]]
    if raw < 0:
        form = form.lower()
    data = struct.pack(form, raw)
    return [struct.unpack(">H", data[at : at + 2])[0] for at in range(0, len(data), 2)]


def tell(**fields):
    print(json.dumps(fields), flush=True)


class Recording(ModbusSlaveContext):
    """Tells of every request, with the function it came by."""

    last = time.monotonic()

    def validate(self, fc_as_hex, address, count=1):
        defined = super().validate(fc_as_hex, address, count)
        now = time.monotonic()
        tell(function=fc_as_hex, address=address, count=count, defined=defined, pauseMs=1_000 * (now - self.last))
        self.last = now
        return defined

    def setValues(self, fc_as_hex, address, values):
        tell(written=values, address=address, function=fc_as_hex)
        super().setValues(fc_as_hex, address, values)


async def main():
    path, firmware, active = sys.argv[1], version(sys.argv[2]), sys.argv[3].split(",")
    with open(path, encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if clauses(row)[0] <= firmware]
    tables = {"input": {}, "holding": {}}
    expected = {}
    for index, row in enumerate(rows):
        raw, expected[row["key"]] = raw_number(row, index, firmware, active)
        for offset, word in enumerate(words_of(row, raw)):
            tables[row["table"]][int(row["address"]) + offset] = word
    flags = {10000 + index: int(name in active) for index, name in enumerate(FUNCTIONS)}
    expected.update({f"function_{name}": int(name in active) for name in FUNCTIONS})
    blocks = [ModbusSparseDataBlock(words) for words in (flags, tables["input"], tables["holding"])]
    slave = Recording(di=blocks[0], ir=blocks[1], hr=blocks[2], co=ModbusSparseDataBlock({0: 0}), zero_mode=True)
    server = ModbusTcpServer(ModbusServerContext(slaves={1: slave}, single=False), address=("127.0.0.1", 0))
    serving = asyncio.ensure_future(server.serve_forever())
    while server.server is None:
        await asyncio.sleep(0.01)
    tell(port=server.server.sockets[0].getsockname()[1], expected=expected)
    await serving


asyncio.run(main())
