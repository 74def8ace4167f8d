"""Writes a recording from the description in Sessions/README.md alone: python3 write.py run.tapedeck

Columns stand in another order than tapedeck writes them, with other white space, other cases, columns of this
program's own, a table without row numbers, and a table of its own. No hash is taken.
"""
import json, os, sqlite3, struct, sys, zlib


def raw(format, numbers):
    return b"\0" + struct.pack(f"<{len(numbers)}{format}", *numbers)


path = sys.argv[1]
if os.path.exists(path):
    os.remove(path)
file = sqlite3.connect(path)
file.executescript("""
PRAGMA page_size = 512; PRAGMA application_id = 1413759819; PRAGMA user_version = 1;
create table About(
    value text not null,
    name  text primary key
) without rowid;
create table "scalars" (norms blob, norm_places blob, time blob, learning_rate blob, accuracy blob, loss blob,
    iteration blob, extremes blob, crc32 integer, not_finite integer, loss_mean real, loss_max real, loss_min real,
    seconds real, norm_rows integer, parameters integer, level integer, rows integer, iterations integer,
    last integer, first int primary key, host text default 'gpu7');
create table keyframes (bytes integer, arrays integer, settings text, zero_grad boolean, epoch_loss real, hash integer,
    iteration integer, primary key (iteration));
create table arrays (data blob, crc32 integer, shape text, dtype text, name text, place integer, role text,
    iteration integer, primary key (iteration, role, place)) without rowid;
create table hashes (hash integer, iteration integer);
create table graphs (structure blob, id integer primary key);
create table graph_spans (graph integer, first integer primary key);
create table epochs (seconds real, validation_accuracy real, train_accuracy real, validation_loss real, loss real,
    iteration integer, epoch integer primary key);
create table events (change text, text text, node text, place integer, phase integer, iteration integer, kind text,
    id integer primary key);
create table thumbnails (levels blob, maximum real, minimum real, columns integer, rows integer, shape text, view text,
    node text, place integer, iteration integer);
create table gpu (name text);
""")

origin = {
    "description": {
        "data": "faces", "network": "resnet", "optimizer": "Adam lr 0.001", "batchSize": 2, "seed": 7, "epochs": 1,
        "iterationsPerEpoch": 10},
    "program": "face-trainer 2.1", "machine": "gpu7", "dataHash": 0, "begun": 1750000000.0}
file.execute("insert into about (name, value) values ('origin', ?)", [json.dumps(origin, indent=2)])
file.execute("insert into about (name, value) values ('requires', '0.1.0')")
file.execute("insert into about (name, value) values ('finished', 'true')")

losses, times = [2 / step for step in range(1, 11)], [0.5 * step for step in range(1, 11)]
single = [struct.unpack("<f", struct.pack("<f", loss))[0] for loss in losses]
columns = {
    "iteration": raw("I", range(10)), "loss": raw("f", losses), "accuracy": raw("f", [float("nan")] * 10),
    "learning_rate": raw("f", [0.001] * 10), "time": raw("d", times), "norm_places": b"\0", "norms": b"\0"}
extremes = b"".join(
    struct.pack("<qdfffI", step, times[step - 1], losses[step - 1], float("nan"), 0.001, 0) for step in (1, 10))
row = {
    "first": 1, "last": 10, "iterations": 10, "rows": 10, "level": 0, "parameters": 0, "norm_rows": 0,
    "seconds": times[-1], "loss_min": min(single), "loss_max": max(single), "loss_mean": sum(single) / 10,
    "not_finite": 0, "crc32": zlib.crc32(b"".join(columns.values())),
    "extremes": struct.pack("<I", zlib.crc32(extremes)) + extremes, **columns}
file.execute(f"insert into scalars ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values()))

for step in (1, 6):
    arrays = [
        ("parameter", "conv.weight", "bfloat16", [2, 2], struct.pack("<4H", 0x3F80, 0x4000, 0, 0xBF80)),
        ("parameter", "conv.bias", "float32", [2], struct.pack("<2f", step, -step)),
        ("optimizer", "conv.bias.exp_avg", "float64", [2], struct.pack("<2d", 0.25, 0.5))]
    file.execute(
        "insert into keyframes (iteration, hash, epoch_loss, zero_grad, settings, arrays, bytes)"
        " values (?, 0, ?, 1, ?, ?, 100)",
        [step, sum(losses[: step - 1]), json.dumps({"lr": 0.001}), len(arrays)])
    places = {}
    for role, name, dtype, shape, data in arrays:
        place = places[role] = places.get(role, -1) + 1
        file.execute(
            "insert into arrays (iteration, role, place, name, dtype, shape, crc32, data) values (?, ?, ?, ?, ?, ?, ?, ?)",
            [step, role, place, name, dtype, json.dumps(shape), zlib.crc32(data), b"\0" + data])

nodes = [
    {"id": 0, "name": "x", "operation": "x", "kind": "input", "shape": [2, 2], "inputs": [], "phase": 0},
    {"id": 1, "name": "conv.weight", "operation": "weight", "kind": "parameter", "group": "conv", "shape": [2, 2],
     "inputs": [], "phase": 1},
    {"id": 2, "name": "conv.out", "operation": "conv2d", "kind": "operation", "group": "conv", "shape": [2, 2],
     "inputs": [0, 1], "phase": 1, "location": "train.py:12"}]
text = json.dumps({"nodes": nodes}).encode()
file.execute(
    "insert into graphs (id, structure) values (1, ?)", [struct.pack("<I", len(text)) + zlib.compress(text)])
file.execute("insert into graph_spans (first, graph) values (1, 1)")
file.execute(
    "insert into epochs (epoch, iteration, loss, train_accuracy, seconds) values (1, 10, ?, 0.5, 5)",
    [sum(losses) / 10])
file.execute(
    "insert into events (id, kind, iteration, phase, place, text) values (1, 'note', 3, 2, 0, 'The room got warm.')")
file.execute(
    "insert into thumbnails (iteration, place, node, view, shape, rows, columns, minimum, maximum, levels)"
    " values (10, 0, 'conv.weight', 'value', '[2, 2]', 2, 2, -1, 2, ?)", [b"\0" + bytes([170, 255, 85, 0])])
file.execute("insert into gpu values ('RTX')")
file.commit()
file.execute("vacuum")
