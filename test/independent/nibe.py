"""A NIBE S-series unit made of the register facts and pymodbus: nothing of it is ours but this file.

It has every register of the facts, also those of further climate systems and outdoor units, each with a value of its own,
coded with Python's struct module. It keeps to what NIBE documents and users have found: functions 3, 4, 6 and 16, at most
20 registers a request and 100 a second (whatever is more is refused), exception 1 for what is not there, 32-bit values
shown low word first and taken high word first. The first line on standard output is JSON: the port, and the value expected
of each sensor (null: "not available"). Then follows every request as one line of JSON, with the registers asked for within
the second that it ends.
"""

import asyncio
import csv
import json
import struct
import sys
import time

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.pdu import ModbusExceptions
from pymodbus.server.async_io import ModbusTcpServer

# Not 2, as pymodbus has it.
ModbusExceptions.IllegalAddress = 1

FORMATS = {
    "bool": ">H", "uint8": ">xB", "int8": ">h", "int16": ">h", "uint16": ">H",
    "int32": ">i", "uint32": ">I", "bitfield": ">I",
}  # fmt: skip

# Addresses of climate systems 5 to 8, and of outdoor units EB102 to EB104.
SYSTEMS = {
    "supply_temperature_bt2_cs": [97, 96, 95, 94],
    "calculated_supply_cs": [123, 122, 121, 120],
    "room_temperature_avg_bt50_cs": [112, 111, 110, 109],
    "heating_curve_cs": [880, 879, 236],
    "heating_offset_cs": [884, 883, 882, 881],
    "min_supply_cs": [888, 887, 886, 885],
    "max_supply_cs": [892, 891, 890, 889],
    "room_setpoint_heating_cs": [955, 954, 953, 952],
}
UNITS = {
    "compressor_frequency": [1789, 1775, 1761],
    "return_bt3": [1430, 1385, 1340],
    "condenser_supply_bt12": [1433, 1388, 1343],
    "outdoor_bt28": [1617, 1613, 1609],
    "compressor_starts": [1444, 1399, 1354],
    "compressor_hours_total": [1446, 1401, 1356],
    "defrost": [1791, 1777, 1763],
    "alarm": [910, 885, 860],
}


def with_more(rows):
    """The rows of the facts, and those that stand only in a table beside them."""
    by_key = {row["key"]: row for row in rows}
    yield from rows
    for key, addresses in SYSTEMS.items():
        for n, address in enumerate(addresses, 5):
            yield {**by_key[f"{key}1"], "key": f"{key}{n}", "address": address}
    for key, addresses in UNITS.items():
        for n, address in enumerate(addresses, 2):
            yield {**by_key[f"outdoor_unit1_{key}"], "key": f"outdoor_unit{n}_{key}", "address": address}


def raw_number(row, index):
    """A number that no other row of its kind has; every ninth is the sentinel."""
    if row["na_value"] and index % 9 == 4:
        return int(row["na_value"]), None
    kind = row["data_type"]
    if kind == "bool":
        number = index % 2
    elif row["enum"]:
        options = row["enum"].split(";")
        number = int(options[index % len(options)].split("=")[0])
    elif kind in ("int8", "uint8"):
        number = index % 127
    else:
        number = 300 + 37 * index
    if kind.endswith("32") or kind == "bitfield":
        number *= 1_009
    if kind.startswith("int") and not row["enum"] and index % 2:
        number = -number
    return number, number * float(row["scale"])


def words_of(row, raw, index):
    """The words as they are shown: low word first. The high byte of 8 bits is a sign, nothing, or anything."""
    data = struct.pack(FORMATS[row["data_type"]], raw)
    words = [struct.unpack(">H", data[at : at + 2])[0] for at in range(0, len(data), 2)]
    if row["data_type"] == "int8" and index % 4 < 2:
        words[0] &= 0xFF
    if row["data_type"] == "uint8" and index % 4 < 2:
        words[0] |= 0x1200
    return words[::-1]


def tell(**fields):
    print(json.dumps(fields), flush=True)


class Unit(ModbusSlaveContext):
    """Tells of every request, and refuses those that are too much."""

    def __init__(self, two_words, **blocks):
        super().__init__(zero_mode=True, **blocks)
        self.two_words = two_words
        self.recent = []

    def validate(self, fc_as_hex, address, count=1):
        now = time.monotonic()
        self.recent = [(at, words) for at, words in self.recent if now - at < 1] + [(now, count)]
        within_second = sum(words for _, words in self.recent)
        is_defined = super().validate(fc_as_hex, address, count)
        tell(function=fc_as_hex, address=address, count=count, withinSecond=within_second, defined=is_defined)
        return is_defined and fc_as_hex in (3, 4, 6, 16) and count <= 20 and within_second <= 100

    def setValues(self, fc_as_hex, address, values):
        tell(function=fc_as_hex, address=address, words=values)
        super().setValues(fc_as_hex, address, values[::-1] if address in self.two_words else values)


async def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = list(with_more(list(csv.DictReader(file))))
    tables, two_words, expected = {"input": {}, "holding": {}}, set(), {}
    for index, row in enumerate(rows):
        raw, expected[row["key"]] = raw_number(row, index)
        address = int(row["address"])
        words = words_of(row, raw, index)
        tables[row["table"]].update({address + offset: word for offset, word in enumerate(words)})
        if row["table"] == "holding" and len(words) == 2:
            two_words.add(address)
    unit = Unit(
        two_words, ir=ModbusSparseDataBlock(tables["input"]), hr=ModbusSparseDataBlock(tables["holding"])
    )
    server = ModbusTcpServer(ModbusServerContext(slaves={1: unit}, single=False), address=("127.0.0.1", 0))
    serving = asyncio.ensure_future(server.serve_forever())
    while server.server is None:
        await asyncio.sleep(0.01)
    tell(port=server.server.sockets[0].getsockname()[1], expected=expected)
    await serving


asyncio.run(main())
