"""An iDM heat pump made of the register facts and pymodbus: nothing of it is ours but this file.

It gives every register a value of its own, codes it with Python's struct module, and serves it. The first line on
standard output is JSON: the port, and the value expected of each sensor (null: "not available"). Each request that
changes something, and each read, follows as one line of JSON.
"""

import asyncio
import csv
import json
import math
import struct
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server.async_io import ModbusTcpServer

FORMATS = {"float32": ">f", "int16": ">h", "uint16": ">H", "bool": ">H", "bitfield16": ">H"}


def expand(rows):
    """Writes the zone templates out."""
    for row in rows:
        if not row["applies"].startswith("zone:"):
            yield row
            continue
        rooms = range(1, 9) if "room:" in row["applies"] else [1]
        for zone in range(10):
            for room in rooms:
                key = row["key"].replace("{zone}", str(zone + 1)).replace("{room}", str(room))
                address = int(row["address"]) + 65 * zone + 7 * (room - 1)
                yield {**row, "key": key, "address": str(address)}


def raw_number(row, index):
    """A number that no other row of its kind has; every seventh is the sentinel, some floats are not finite."""
    if row["na_value"] and index % 7 == 3:
        return float(row["na_value"]), None
    kind = row["data_type"]
    if kind == "float32":
        if index % 31 == 5:
            return [math.nan, math.inf, -math.inf][index % 3], None
        raw = struct.unpack(">f", struct.pack(">f", round(index * 0.37 - 40, 2)))[0]
        if row["na_value"] and raw == float(row["na_value"]):
            raw += 0.5
        return raw, raw * float(row["scale"])
    if kind == "bool":
        return index % 2, index % 2
    if row["enum"]:
        options = row["enum"].split(";")
        number = int(options[index % len(options)].split("=")[0])
        return number, number
    number = -1 * index if kind == "int16" and index % 2 else index * 3
    if row["na_value"] and number == float(row["na_value"]):
        number += 1
    return number, number


def words_of(row, raw):
    """The words as they go on the wire: big-endian bytes, low word first where the facts say little."""
    form = FORMATS[row["data_type"]]
    if form != ">f":
        raw = int(raw)
        form = ">h" if raw < 0 else ">H"
    data = struct.pack(form, raw)
    words = [struct.unpack(">H", data[i : i + 2])[0] for i in range(0, len(data), 2)]
    return words[::-1] if row["word_order"] == "little" else words


def tell(**fields):
    print(json.dumps(fields), flush=True)


class Overlapping(ModbusSparseDataBlock):
    """Where two registers share an address, the one that starts there answers a request that starts there."""

    def __init__(self, words, starts):
        super().__init__(words)
        self.starts = starts

    def validate(self, address, count=1):
        defined = all(at in self.values for at in range(address, address + count))
        tell(read=[address, count], defined=defined)
        return defined

    def getValues(self, address, count=1):
        words = [self.values[at] for at in range(address, address + count)]
        own = self.starts.get(address, [])
        return own[:count] + words[len(own) :]


class Recording(ModbusSlaveContext):
    """Tells of every write, with the function it came by."""

    def setValues(self, fc_as_hex, address, values):
        tell(function=fc_as_hex, address=address, words=values)
        super().setValues(fc_as_hex, address, values)


async def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = [row for row in expand(csv.DictReader(file)) if row["access"] != "wo"]
    words, starts, expected = {}, {}, {}
    for index, row in enumerate(sorted(rows, key=lambda row: int(row["address"]))):
        raw, value = raw_number(row, index)
        expected[row["key"]] = value
        address = int(row["address"])
        coded = words_of(row, raw)
        if address in words:
            starts[address] = coded
            continue
        words.update({address + offset: word for offset, word in enumerate(coded)})
    block = Overlapping(words, starts)
    context = ModbusServerContext(slaves={1: Recording(hr=block, ir=block, zero_mode=True)}, single=False)
    server = ModbusTcpServer(context, address=("127.0.0.1", 0))
    serving = asyncio.ensure_future(server.serve_forever())
    while server.server is None:
        await asyncio.sleep(0.01)
    tell(port=server.server.sockets[0].getsockname()[1], expected=expected)
    await serving


asyncio.run(main())
