"""A Daikin Altherma made of the register facts and pymodbus: nothing of it is ours but this file.

Arguments: the facts, the tag of a variant, and tags of its registers that it lacks. It gives every register a value of
its own and serves it. The first line on standard output is JSON: the port, and of each sensor the value expected (null:
"not available"; a text for a fault code). Each request follows as one line of JSON. A read that touches an address that
is not there, or more registers than a DCOM-LT/MB bears, is refused with exception 2.
"""

import asyncio
import csv
import json
import logging
import struct
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server.async_io import ModbusTcpServer

MAX_REGISTERS = 64
CODE, SUB_CODE = "7H", 19


def word_and_value(row, index):
    """A word that most others of its kind do not have, and what it means; every fifth is one of the sentinels."""
    if row["key"].startswith("unit_abnormality_code"):
        return int.from_bytes(CODE.encode("ascii"), "big"), f"{CODE}-{SUB_CODE}"
    if row["key"].startswith("unit_abnormality_subcode"):
        return SUB_CODE, SUB_CODE
    if row["data_type"] == "bool":
        return index % 2, index % 2
    sentinels = row["na_value"].split(";")
    if index % 5 == 3:
        return int(sentinels[index % len(sentinels)]), None
    if row["enum"]:
        options = row["enum"].split(";")
        number = int(options[index % len(options)].split("=")[0])
    elif row["scale"] == "0.01":
        number = index * 37 - 900
    else:
        number = index - 20
    word = struct.unpack(">H", struct.pack(">h", number))[0]
    return word, number / 100 if row["scale"] == "0.01" else number


def tell(**fields):
    print(json.dumps(fields), flush=True)


class Table(ModbusSparseDataBlock):
    """Tells of every request to one table."""

    def __init__(self, words, name):
        super().__init__(words)
        self.name = name

    def validate(self, address, count=1):
        defined = count <= MAX_REGISTERS and all(at in self.values for at in range(address, address + count))
        tell(table=self.name, address=address, count=count, defined=defined)
        return defined


class Recording(ModbusSlaveContext):
    """Tells of every write, with the function it came by."""

    def setValues(self, fc_as_hex, address, values):
        tell(function=fc_as_hex, address=address, words=[int(value) for value in values])
        super().setValues(fc_as_hex, address, values)


async def main():
    # Refusals and the end of a connection belong to the test.
    logging.disable(logging.ERROR)
    facts, variant, *lacking = sys.argv[1:]
    tables, expected = {"holding": {}, "input": {}, "coil": {}, "discrete": {}}, {}
    with open(facts, encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if variant in row["applies"].split(";")]
    for index, row in enumerate(rows):
        if set(lacking) & set(row["applies"].split(";")):
            continue
        word, value = word_and_value(row, index)
        tables[row["table"]][int(row["address"])] = word
        expected[row["key"]] = value
    # pymodbus takes an empty table for one with everything.
    blocks = {name: Table(words or {65535: 0}, name) for name, words in tables.items()}
    unit = Recording(
        hr=blocks["holding"], ir=blocks["input"], co=blocks["coil"], di=blocks["discrete"], zero_mode=True
    )
    server = ModbusTcpServer(ModbusServerContext(slaves={1: unit}, single=False), address=("127.0.0.1", 0))
    serving = asyncio.ensure_future(server.serve_forever())
    while server.server is None:
        await asyncio.sleep(0.01)
    tell(port=server.server.sockets[0].getsockname()[1], expected=expected)
    await serving


asyncio.run(main())
