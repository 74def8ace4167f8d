"""Tests of the probe: ``python3 Tests/PyTorchTests/probe_tests.py``, with any interpreter that has torch."""

import json
import math
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import textwrap
import threading
import unittest

from host import HERE, SCRIPTS, START, Host, Nursery, alone, environment

NAN = [{"id": 1, "phases": [], "condition": {"nan": {}}}]


def breakpoint(number, **parts):
    """A breakpoint as the host sends it."""
    return {"id": number, "isEnabled": True, "phases": [], "text": "breakpoint %d" % number, **parts}


def compared(quantity, sign, number):
    """A condition that compares a quantity with a number."""
    return {"comparison": {"_0": quantity, "_1": sign, "_2": number}}


def measure(name, node, view="value"):
    """A measure of a tensor."""
    return {"measure": {"_0": name, "of": {"node": node, "view": view}}}


def line_of(script, text):
    """The number of the first line of a script that has a text."""
    with open(os.path.join(SCRIPTS, script)) as file:
        return next(number for number, line in enumerate(file, 1) if text in line)


def shown(output):
    """What a script printed of its own values: {(node, view): numbers}."""
    found = {}
    for line in output.decode().splitlines():
        if line.startswith("= "):
            _, name, numbers = line.split(" ", 2)
            view = "gradient" if name.endswith(".grad") else "value"
            found[name[: -len(".grad")] if view == "gradient" else name, view] = eval(numbers, {"nan": float("nan"), "inf": float("inf")})
    return found


class ProbeTestCase(unittest.TestCase):
    """A test with a process that has torch."""

    @classmethod
    def setUpClass(cls):
        cls.nursery = Nursery()

    @classmethod
    def tearDownClass(cls):
        cls.nursery.close()

    def host(self, script, **settings):
        """A script of the folder with the probe."""
        return Host([script + ".py"], nursery=self.nursery, **settings)

    def written(self, text):
        """A host of a script that is written for one test."""
        folder = tempfile.mkdtemp()
        with open(os.path.join(folder, "script.py"), "w") as file:
            file.write(textwrap.dedent(text))
        return folder

    def assert_no_trouble(self, host):
        """The probe had no error of its own."""
        self.assertEqual([message["traceback"] for message in host.of_type("trouble")], [])
        self.assertEqual([m["text"] for m in host.of_type("event") if m["text"].startswith("The diagnosis")], [])


class ScriptTests(ProbeTestCase):
    """Each kind of script does the same with the probe, and every value shown is the script's own."""

    def check(self, name, step=1):
        alone_result = self.nursery.alone([name + ".py"])
        self.assertEqual(alone_result[0], 0, alone_result[2].decode())
        for settings in ({}, {"breakpoints": NAN}, {"diagnosis": "thorough"}):
            host = self.host(name, **settings)
            while host.stop() is not None:
                # The scaler's overflow is found.
                host.send(type="run")
            self.assertEqual(host.end(), alone_result, "running freely, %s" % settings)
            self.assert_no_trouble(host)
        host = self.host(name, paused=True)
        host.send(type="record", steps=[step])
        stops = 0
        while host.stop() is not None:
            stops += 1
            host.send(type="nextNode")
        self.assertEqual(host.end(), alone_result, "node by node")
        self.assert_no_trouble(host)
        self.assertGreater(stops, 10)
        # A parameter has its value before the update, and then the one after it.
        kept = {(m["node"], m["view"]): m.arrays["values"] for m in host.of_type("kept") if "part" not in m}
        wanted = shown(alone_result[1])
        for key, numbers in wanted.items():
            self.assertIn(key, sorted(kept))
            self.assertEqual([float(one) for one in kept[key]], numbers, key)
        visits = [m for m in host.of_type("visits") if m["step"] == step]
        self.assertEqual([m["from"] for m in visits], sorted({m["from"] for m in visits}), "visits are told once")
        return host

    def test_whole_steps(self):
        """A recording gets the first step whole, later ones where there is time, and the one that fails."""
        folder = self.written(
            """
            import torch
            from torch import nn
            torch.manual_seed(0)
            model = nn.Linear(4, 2)
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
            for step in range(1, 400):
                optimizer.zero_grad()
                loss = model(torch.randn(8, 4)).square().mean()
                loss.backward()
                optimizer.step()
                if step == 1:
                    print("= weight", model.weight.detach().flatten().tolist())
                if step == 399:
                    model(torch.randn(8, 5))
            """
        )
        host = Host(["script.py"], folder=folder, nursery=self.nursery, record={"next": True, "soon": True, "limit": 1 << 20})
        code, output, _ = host.end()
        self.assertEqual(code, 1)
        self.assert_no_trouble(host)
        recorded = host.of_type("recorded")
        self.assertEqual((recorded[0]["step"], recorded[0]["isWanted"], recorded[0]["leftOut"]), (1, True, 0))
        self.assertEqual((recorded[-1]["step"], recorded[-1]["isWanted"]), (400, True), "the step that fails")
        first = [message for message in host.of_type("kept") if message["step"] == 1 and message["node"] == "weight"]
        values = [message for message in first if message["view"] == "value" and "part" not in message]
        self.assertEqual([message["visit"] == 0 for message in values], [True, False])
        self.assertEqual(values[1].arrays["values"], shown(output)["weight", "value"])
        self.assertIn("momentum_buffer", [message.get("part") for message in first])

    def test_whole_steps_within_a_limit(self):
        """The smallest tensors of a step are sent first, and what does not fit is counted."""
        host = self.host("network", record={"next": True, "limit": 2_000})
        self.assertEqual(host.end()[0], 0)
        (recorded,) = host.of_type("recorded")
        sizes = [len(message.arrays["values"]) * 4 for message in host.of_type("kept")]
        self.assertLessEqual(sum(sizes), 2_000)
        self.assertGreater(recorded["leftOut"], 0)
        self.assertEqual(recorded["tensors"], len(sizes))

    def test_the_state_at_the_end(self):
        """A recording ends with the parameters and buffers as the script has left them, though its model is gone."""
        folder = self.written(
            """
            import torch
            from torch import nn

            def train(steps):
                model = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3), nn.Linear(3, 2))
                optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
                for step in range(steps):
                    optimizer.zero_grad()
                    model(torch.randn(8, 4)).square().mean().backward()
                    optimizer.step()
                return model

            def main():
                train(3)
                model = train(5)
                with torch.no_grad():
                    model[2].bias.fill_(7)
                for name, tensor in model.state_dict().items():
                    print("= " + name, tensor.flatten().tolist())

            main()
            """
        )
        host = Host(["script.py"], folder=folder, nursery=self.nursery, record={"limit": 1 << 20})
        code, output, _ = host.end()
        self.assertEqual(code, 0)
        self.assert_no_trouble(host)
        state = {message["name"]: message for message in host.of_type("state")}
        wanted = shown(output)
        self.assertEqual({(name, "value") for name in state}, set(wanted))
        for name, message in state.items():
            self.assertEqual(message.arrays["values"], wanted[name, "value"], name)
            self.assertEqual(message["role"], "parameter" if name.endswith(("weight", "bias")) else "buffer", name)
        (ended,) = host.of_type("stateEnded")
        self.assertEqual((ended["step"], ended["tensors"], ended["leftOut"]), (8, len(wanted), 0))

    def test_no_state_at_the_end(self):
        """Without a recording, or where its limit is too small, no parameter is sent."""
        host = self.host("network")
        self.assertEqual(host.end()[0], 0)
        self.assertEqual(host.of_type("state") + host.of_type("stateEnded"), [])
        host = self.host("network", record={"limit": 100})
        self.assertEqual(host.end()[0], 0)
        (ended,) = host.of_type("stateEnded")
        self.assertEqual((host.of_type("state"), ended["tensors"]), ([], 0))
        self.assertGreater(ended["bytes"], 100)

    def test_memory_of_devices(self):
        """What tensors take on the devices that the script uses is told when the host asks for it."""
        folder = self.written(
            """
            import torch
            from torch import nn

            class Properties:
                total_memory = 1000

            # There is no device here: this is what PyTorch would say of two.
            torch.cuda.is_initialized = lambda: True
            torch.cuda.device_count = lambda: 2
            torch.cuda.memory_allocated = lambda number: 300 * (1 - number)
            torch.cuda.memory_reserved = lambda number: 400 * (1 - number)
            torch.cuda.get_device_properties = lambda number: Properties
            model = nn.Linear(2, 1)
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            for step in range(3):
                optimizer.zero_grad()
                model(torch.ones(4, 2)).sum().backward()
                optimizer.step()
            """
        )
        host = Host(["script.py"], folder=folder, nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="memory")
        message = host.until("memory")
        self.assertEqual(message["devices"], [{"device": "cuda:0", "allocated": 300, "reserved": 400, "total": 1000}])
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)
        self.assert_no_trouble(host)

    def test_accumulation(self):
        host = self.check("accumulation")
        scalars = host.of_type("scalars")
        self.assertEqual([n for m in scalars for n in m.arrays["backwards"]], [4, 4])

    def test_network(self):
        host = self.check("network")
        nodes = {node["name"]: node for m in host.of_type("graph") for node in m["nodes"]}
        self.assertEqual(nodes["conv.conv2d"]["group"], "conv")
        self.assertTrue(nodes["conv.conv2d"]["location"].endswith("network.py:%d" % line_of("network.py", "self.conv(x)")), nodes["conv.conv2d"]["location"])
        self.assertEqual(nodes["cross_entropy"]["phase"], "loss")
        self.assertEqual(nodes["x"]["kind"], "input")
        self.assertEqual(nodes["fc.weight"]["kind"], "parameter")

    def test_gan(self):
        host = self.check("gan")
        self.assertEqual([n for m in host.of_type("scalars") for n in m.arrays["optimizer"]], [0, 1, 0, 1])
        self.assertEqual(len(host.of_type("model")[-1]["models"]), 2)

    def test_lbfgs(self):
        host = self.check("lbfgs")
        self.assertEqual([n for m in host.of_type("scalars") for n in m.arrays["closures"]], [5, 5])

    def test_retained(self):
        self.check("retained")

    def test_workers(self):
        host = self.check("workers")
        self.assertEqual([m["epoch"] for m in host.of_type("epoch")], [1, 2])
        lines = [line.split() for line in self.nursery.alone(["workers.py"])[1].decode().splitlines() if line[0] != "="]
        for message, line in zip(host.of_type("evaluation"), lines):
            self.assertEqual(message["samples"], 64)
            self.assertAlmostEqual(message.arrays["loss"][0], float(line[2]), places=5)
            self.assertAlmostEqual(message.arrays["accuracy"][0], float(line[3]), places=6)

    def test_checkpointing(self):
        host = self.check("checkpointing")
        again = [n["name"] for m in host.of_type("graph") for n in m["nodes"] if n.get("remark") == "computed again in backward"]
        self.assertTrue(again)

    def test_function(self):
        self.check("function")

    def test_threads_that_train_one_model(self):
        for settings in ({}, {"diagnosis": "sparing"}, {"diagnosis": "thorough"}):
            host = self.host("hogwild", **settings)
            code, output, errors = host.end()
            self.assertEqual((code, output), (0, b"done\n"), errors)
            self.assert_no_trouble(host)
            messages = host.of_type("scalars")
            for message in messages:
                count = message["steps"]
                for name in ("step", "loss", "learningRate", "accuracy", "seconds", "measured"):
                    self.assertEqual(len(message.arrays[name]), count, name)
                measured = sum(message.arrays["measured"]) * message["parameters"]
                self.assertEqual(len(message.arrays["gradientNorms"]), measured)
            self.assertEqual([step for message in messages for step in message.arrays["step"]], list(range(1, 601)))

    def test_threads(self):
        host = self.check("threads")
        threads = {node["name"]: node.get("thread") for m in host.of_type("graph") for node in m["nodes"]}
        self.assertEqual(threads["0.linear"], "part 0")
        self.assertIsNone(threads["mean"])

    def test_precision(self):
        host = self.check("precision")
        dtypes = {node["name"]: node.get("dtype") for m in host.of_type("graph") for node in m["nodes"]}
        self.assertEqual(dtypes["model.linear"], "bfloat16")
        self.assertEqual(dtypes["gt"], "bool")
        self.assertEqual(dtypes["fft_fft"], "complex64")

    def test_plain(self):
        self.check("plain", step=2)

    def test_transforms(self):
        self.check("transforms")

    def test_attention(self):
        self.check("attention")

    def test_scaler(self):
        host = self.check("scaler")
        scalars = host.of_type("scalars")
        losses = [n for m in scalars for n in m.arrays["loss"]]
        printed = [float(line.split()[0]) for line in self.nursery.alone(["scaler.py"])[1].decode().splitlines()]
        for shown_loss, loss in zip(losses, printed):
            self.assertAlmostEqual(shown_loss, loss, places=3)

    def test_compiled(self):
        host = self.check("compiled")
        scalars = host.of_type("scalars")
        self.assertEqual([n for m in scalars for n in m.arrays["step"]], list(range(1, 13)), "compiled updates count too")
        remarks = {n["name"]: n.get("remark") for m in host.of_type("graph") for n in m["nodes"]}
        if "model.Sequential" in remarks:
            self.assertEqual(remarks["model.Sequential"], "compiled: its inside is not seen")
            self.assertEqual(remarks["distance"], "compiled: its inside is not seen")
            self.assertIn("model.0.weight", remarks)

    def test_together(self):
        host = self.check("together", step=3)
        scalars = host.of_type("scalars")
        self.assertEqual([n for m in scalars for n in m.arrays["backwards"]], [1, 1, 1, 1])
        names = [n["name"] for m in host.of_type("graph") for n in m["nodes"]]
        self.assertNotIn("actor.detach", names, "what is computed of the step before is no part of the next")

    def test_validated(self):
        host = self.check("validated")
        lines = [line.split() for line in self.nursery.alone(["validated.py"])[1].decode().splitlines() if line[0] != "="]
        wanted = {(epoch, line[0]): line[1:] for epoch, part in ((1, lines[:5]), (2, lines[5:])) for line in part}
        found = host.of_type("evaluation")
        self.assertEqual([(m["epoch"], m["loader"]) for m in found], [(e, n) for e in (1, 2) for n in ("valid", "train_loader", "test_loader")])
        for message in found:
            loss, accuracy = wanted[message["epoch"], message["loader"].replace("train_loader", "train")]
            self.assertEqual(message["isTraining"], message["loader"] == "train_loader")
            self.assertAlmostEqual(message.arrays["loss"][0], float(loss), places=5)
            self.assertAlmostEqual(message.arrays["accuracy"][0], float(accuracy), places=6)
        accuracies = [float(line[2]) for line in lines if line[0] == "training"]
        shown = [n for m in host.of_type("scalars") for n in m.arrays["accuracy"]]
        # On a busy machine there is not time for all of them.
        measured = [(one, accuracy) for one, accuracy in zip(shown, accuracies) if one != -1]
        self.assertTrue(measured)
        for one, accuracy in measured:
            self.assertAlmostEqual(one, accuracy, places=6)

    def test_replicas(self):
        host = self.check("replicas")
        threads = {n["name"]: n.get("thread") for m in host.of_type("graph") for n in m["nodes"]}
        self.assertEqual([threads[name] for name in ("1.tanh", "1.tanh_2", "1.tanh_3")], [None, "replica 0", "replica 1"])


class DeckTests(ProbeTestCase):
    """Stops, breakpoints, changes and tensors."""

    def test_cells_and_calls_are_told(self):
        folder = self.written(
            """
            import torch
            class Net(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.w = torch.nn.Parameter(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
                def forward(self, x):
                    y = (1 - self.w.t() @ x)[None, 1:].masked_fill(torch.tensor([[True]]), float("-inf"))
                    z = self.w[[1, 0]].sum(dim=1, keepdim=True)
                    return z.mean() + torch.where(torch.isinf(y), 0.0 * z.mean(), y).sum()
            model = Net()
            optimizer = torch.optim.SGD(model.parameters(), 0.5)
            model(torch.tensor([1.0, -1.0])).backward()
            optimizer.step()
            """
        )
        host = Host(["script.py"], folder, nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="goTo", position={"step": 1, "phase": "update", "node": 1 << 30})
        host.stop()
        nodes = {node["operation"]: node for message in host.of_type("graph") for node in message["nodes"]}
        ids = [node["id"] for message in host.of_type("graph") for node in message["nodes"] if node["kind"] == "operation"]
        weight = next(node for node in nodes.values() if node["kind"] == "parameter")
        tensors = [
            {"node": weight["id"], "view": "value", "cells": [3, 0]},
            {"node": weight["id"], "view": "gradient"},
            {"node": nodes["matmul"]["id"], "view": "update"},
        ]
        host.send(type="cells", id=7, step=1, tensors=tensors, calls=ids + [weight["id"]])
        told = host.until("cells", id=7)
        self.assertEqual(told.arrays["t0"], [4.0, 1.0], "as forward read it, before the update")
        self.assertEqual(len(told.arrays["t1"]), 4)
        self.assertEqual(told["tensors"][1]["count"], 1)
        self.assertIsNone(told["calls"][-1])
        calls = {call["operation"]: call["arguments"] for call in told["calls"] if call}
        self.assertEqual(calls["rsub"][0][1], 1, "the left operand is first")
        self.assertEqual(calls["rsub"][1][1]["node"], nodes["matmul"]["id"])
        self.assertEqual(calls["masked_fill"][2][1], {"number": "-inf"})
        indices = [call["arguments"][1][1] for call in told["calls"] if call and call["operation"] == "getitem"]
        self.assertEqual(indices[0], [None, {"slice": [1, None, None]}])
        self.assertIn(indices[1], ({"other": "list"}, [[1, 0]]), "a list of entries is no index for each dimension")
        sums = [call["arguments"][1:] for call in told["calls"] if call and call["operation"] == "sum"]
        self.assertIn([["dim", 1], ["keepdim", True]], sums)
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)
        self.assert_no_trouble(host)

    def test_the_arguments_of_a_python_function_have_names(self):
        host = self.host("network", paused=True)
        host.stop()
        host.send(type="goTo", position={"step": 1, "phase": "update", "node": 1 << 30})
        host.stop()
        nodes = [node for message in host.of_type("graph") for node in message["nodes"]]
        host.send(type="cells", id=8, calls=[node["id"] for node in nodes if node["operation"] == "relu"])
        call = host.until("cells", id=8)["calls"][0]
        self.assertEqual([name for name, _ in call["arguments"]], ["input", "inplace"])
        host.send(type="cells", id=9, step=77, calls=[0])
        self.assertIn("not kept", host.until("refused", id=9)["text"])
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)

    def test_a_breakpoint_on_the_loss_stops_before_backward(self):
        host = self.host("network", breakpoints=[breakpoint(1, condition=compared({"loss": {}}, ">", 0.5))])
        stop = host.stop()
        self.assertEqual(stop["position"]["phase"], "loss")
        self.assertEqual(stop["hits"][0]["breakpoint"], 1)
        self.assertTrue(stop["hits"][0]["measured"].startswith("loss is "))
        host.send(type="breakpoints", breakpoints=[])
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)
        self.assert_no_trouble(host)

    def test_a_breakpoint_on_a_node_and_a_measure_stops_at_the_node(self):
        condition = compared(measure("zeros", "act.relu"), ">", 0.1)
        host = self.host("network", breakpoints=[breakpoint(2, node="act.relu", condition=condition)])
        stop = host.stop()
        graph = [node for message in host.of_type("graph") for node in message["nodes"]]
        self.assertEqual(graph[stop["node"]]["name"], "act.relu")
        self.assertEqual(stop["position"]["phase"], "forward")
        value = host.tensor("act.relu")
        zeros = sum(number == 0 for number in value.arrays["values"]) / len(value.arrays["values"])
        self.assertIn("zeros(act.relu) is %.6g" % zeros, stop["hits"][0]["measured"])
        host.send(type="breakpoints", breakpoints=[])
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)

    def test_measures_of_units_are_compared_as_the_engine_does(self):
        condition = compared(measure("dead", "act.relu"), ">=", 0)
        host = self.host("network", breakpoints=[breakpoint(2, condition=condition), breakpoint(9, stopsAtFindings=True)])
        stop = host.stop()
        self.assertEqual([hit["breakpoint"] for hit in stop["hits"]], [2])
        value = host.tensor("act.relu")
        graph = [node for message in host.of_type("graph") for node in message["nodes"]]
        units = graph[stop["node"]]["shape"][-1]
        columns = [list(value.arrays["values"])[unit::units] for unit in range(units)]
        dead = sum(all(abs(number) < 1e-5 for number in column) for column in columns) / units
        self.assertIn("dead(act.relu) is %.6g" % dead, stop["hits"][0]["measured"])
        host.send(type="breakpoints", breakpoints=[])
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)

    def test_shares_of_units(self):
        sys.path.insert(0, os.path.dirname(START))
        try:
            import torch
            from tapedeck_probe import breakpoints
        finally:
            sys.path.pop(0)
        columns = torch.tensor([[0.0, 1, 0, 0], [0, 2, 1e-6, -3]])
        self.assertEqual(breakpoints._measure("dead", columns, "relu"), 0.5)
        ends = torch.tanh(torch.tensor([[20.0, 1], [-20, 20], [0, 0]]))
        self.assertEqual(breakpoints._measure("saturated", ends, "tanh"), 0.5)
        ends = torch.sigmoid(torch.tensor([[-24.0, -22], [30, 3]]))
        self.assertEqual(breakpoints._measure("saturated", ends, "sigmoid"), 0.5)
        self.assertIsNone(breakpoints._measure("saturated", ends, "relu"))
        self.assertEqual(breakpoints._measure("vanishing", torch.tensor([1e-8, -1e-8]), "mm"), 1.0)
        self.assertEqual(breakpoints._measure("vanishing", torch.tensor([1e-8, -1e-6]), "mm"), 0.0)

    def test_a_breakpoint_on_a_line_stops_at_its_first_operator(self):
        host = self.host("network", breakpoints=[breakpoint(3, line={"file": "network.py", "line": 27})])
        stop = host.stop()
        graph = [node for message in host.of_type("graph") for node in message["nodes"]]
        self.assertTrue(graph[stop["node"]]["location"].endswith("network.py:27"))
        host.send(type="breakpoints", breakpoints=[])
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)

    def test_nan_stops_at_the_operator_that_made_it(self):
        folder = self.written(
            """
            import torch
            model = torch.nn.Linear(4, 1)
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            for step in range(5):
                loss = (model(torch.ones(2, 4)).square() - (10 if step == 3 else -1) ).log().mean()
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            print("done")
            """
        )
        host = Host(["script.py"], folder, nursery=self.nursery, breakpoints=NAN)
        stop = host.stop()
        graph = [node for message in host.of_type("graph") for node in message["nodes"]]
        self.assertEqual(graph[stop["node"]]["operation"], "log")
        self.assertEqual(stop["position"]["step"], 4)
        self.assertEqual(stop["hits"][0]["measured"], "2 of 2 values are NaN")
        value = host.tensor("log")
        self.assertEqual(value.arrays["statistics"][7], 2)
        host.send(type="breakpoints", breakpoints=[])
        host.send(type="run")
        self.assertEqual(host.end()[1], b"done\n")
        self.assert_no_trouble(host)

    def test_a_moment_says_how_the_values_of_the_nodes_that_are_shown_are_spread(self):
        folder = self.written(
            """
            import torch
            from torch import nn
            model = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
            optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
            for step in range(3):
                optimizer.zero_grad()
                loss = model(torch.randn(8, 4)).square().mean()
                loss.backward()
                optimizer.step()
            """
        )
        host = Host(["script.py"], folder=folder, nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="show", sketches=["0.weight", "0.linear", "unknown"])
        host.send(type="nextPhase")
        host.stop()
        host.send(type="nextPhase")
        arrays = host.stop().arrays
        host.send(type="quit", onExit="continue")
        host.end()
        self.assertEqual([len(arrays[name]) for name in ("sketchNode", "sketchRange", "sketchBins")], [2, 4, 16])
        ends = arrays["sketchRange"]
        self.assertTrue(ends[0] < ends[1] and ends[2] < ends[3])
        self.assertEqual([max(arrays["sketchBins"][start : start + 8]) for start in (0, 8)], [255, 255])
        self.assert_no_trouble(host)

    def test_a_moment_is_sent_of_a_run_that_is_looked_through_for_nan(self):
        folder = self.written(
            """
            import torch
            from torch import nn
            model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2))
            optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
            for step in range(3000):
                optimizer.zero_grad()
                model(torch.randn(8, 4)).square().mean().backward()
                optimizer.step()
            """
        )
        host = Host(["script.py"], folder=folder, nursery=self.nursery, breakpoints=NAN)
        for _ in range(3):
            host.send(type="moment")
            while True:
                message = host.receive()
                self.assertIsNotNone(message, "the script ended before it answered")
                if message.get("type") == "moment":
                    break
        self.assertEqual(host.end()[0], 0)
        self.assert_no_trouble(host)
        costs = [message["cost"] for message in host.of_type("scalars") if message.get("cost")]
        self.assertEqual(costs[-1]["needs"], "values")

    def test_run_to_goes_into_a_module(self):
        host = self.host("attention", paused=True)
        host.stop()
        host.send(type="runTo", node="1.self_attn")
        stop = host.stop()
        graph = [node for message in host.of_type("graph") for node in message["nodes"]]
        self.assertEqual(graph[stop["node"]]["group"], "1.self_attn")
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)

    def test_changes_take_effect_and_are_told(self):
        host = self.host("accumulation", paused=True)
        host.stop()
        host.send(type="runTo", node="mse_loss")
        host.stop()
        host.send(type="change", change={"cell": {"parameter": "weight", "index": [0, 2], "value": 7}})
        self.assertIn("weight[0, 2] is now 7", host.until("event")["text"])
        value = host.tensor("weight", step=None)
        host.send(type="change", change={"hyperparameter": {"name": "nonsense", "value": 1}})
        self.assertIn("No optimizer has the setting nonsense", host.until("refused")["text"])
        host.send(type="nextStep")
        host.stop()
        host.send(type="change", change={"hyperparameter": {"name": "lr", "value": 0.5}})
        self.assertEqual(host.until("event")["text"], "lr is now 0.5")
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)
        self.assertIsNotNone(value)
        self.assert_no_trouble(host)

    def test_a_past_visit_shows_a_parameter_before_its_update(self):
        host = self.host("accumulation", paused=True)
        host.stop()
        host.send(type="goTo", position={"step": 1, "phase": "update", "node": 1})
        stop = host.stop()
        self.assertEqual(stop["position"]["phase"], "update")
        after = host.tensor("weight").arrays["values"]
        before = host.tensor("weight", visit=1).arrays["values"]
        update = host.tensor("weight", "update").arrays["values"]
        self.assertNotEqual(after, before)
        for one, other, change in zip(after, before, update):
            self.assertAlmostEqual(one - other, change, places=6)
        memory = host.tensor("weight", part="exp_avg")
        self.assertEqual(memory["shape"], [1, 8])
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)

    def test_past_visits_have_the_norms_of_their_time(self):
        folder = self.written(
            """
            import torch
            model = torch.nn.Linear(2, 1, bias=False)
            torch.nn.init.constant_(model.weight, 1.0)
            optimizer = torch.optim.SGD(model.parameters(), 0.5)
            model(torch.tensor([[3.0, 4.0]])).sum().backward()
            model(torch.tensor([[3.0, 4.0]])).sum().backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            """
        )
        for stops in ("node by node", "at the end"):
            host = Host(["script.py"], folder, nursery=self.nursery, paused=True)
            while host.stop() is not None:
                if stops == "at the end" and not host.of_type("visits")[1:]:
                    host.send(type="goTo", position={"step": 1, "phase": "update", "node": 0})
                else:
                    host.send(type="nextNode")
            self.assertEqual(host.end()[0], 0)
            self.assert_no_trouble(host)
            nodes = {node["id"]: node["name"] for message in host.of_type("graph") for node in message["nodes"]}
            phases, found = [], []
            for message in host.of_type("visits"):
                phases[message["from"] :] = message.arrays["phase"]
                columns = [message.arrays[name] for name in ("normVisit", "normNode", "normView", "norm")]
                found += [(visit, view, norm) for visit, node, view, norm in zip(*columns) if nodes[node] == "weight"]
            self.assertEqual([view for _, view, _ in found], [1, 1, 1, 0, 0])
            norms = [5, 10, 1, math.sqrt(2), math.sqrt(0.7**2 + 0.6**2)]
            for (_, _, norm), wanted in zip(found, norms):
                self.assertAlmostEqual(norm, wanted, places=5)
            # Each gradient from its own visit on, the clipped one and the new weights from the update on.
            visits = [visit for visit, _, _ in found]
            self.assertEqual([phases[visit] for visit in visits], [3, 3, 4, 0, 4], stops)
            self.assertLess(visits[0], visits[1])

    def test_a_pause_of_a_free_run_comes_at_the_end_of_a_step_that_is_seen_whole(self):
        text = """
            import time
            import torch
            model = torch.nn.Linear(4, 1)
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            for step in range(2000):
                loss = model(torch.ones(2, 4)).square().mean()
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                time.sleep(0.001)
            """
        for command in ("pause", "nextNode"):
            host = Host(["script.py"], self.written(text), nursery=self.nursery)
            host.until("scalars")
            host.until("scalars")
            host.send(type=command)
            stop = host.stop()
            self.assertTrue(stop["isWatched"])
            if command == "nextNode":
                self.assertEqual(stop["position"]["phase"], "batch")
                host.send(type="goTo", position={"step": stop["position"]["step"], "phase": "update", "node": 1})
                stop = host.stop()
            self.assertEqual(stop["position"]["phase"], "update")
            names = [node["name"] for message in host.of_type("graph") for node in message["nodes"]]
            for name in ("weight", "bias", "linear", "square", "mean"):
                self.assertIn(name, names)
            self.assertEqual(stop["backwardNodes"], 6)
            host.send(type="quit", onExit="stop")
            host.end()
            self.assert_no_trouble(host)

    COUNTED = """
            import torch
            from torch.utils.data import DataLoader, TensorDataset
            torch.manual_seed(1)
            x, y = torch.randn(60, 4), torch.arange(60) % 3
            training, validation = DataLoader(TensorDataset(x[:40], y[:40]), 10), DataLoader(TensorDataset(x[40:], y[40:]), 8)
            model = torch.nn.Linear(4, 3)
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            criterion = torch.nn.CrossEntropyLoss()
            for epoch in range(3):
                for inputs, labels in training:
                    optimizer.zero_grad()
                    criterion(model(inputs), labels).backward()
                    optimizer.step()
                matrix, losses = torch.zeros(3, 3, dtype=torch.long), []
                with torch.no_grad():
                    for inputs, labels in validation:
                        output = model(inputs)
                        criterion(output, labels)
                        losses += torch.nn.functional.cross_entropy(output, labels, reduction="none").tolist()
                        for label, predicted in zip(labels, output.argmax(1)):
                            matrix[label, predicted] += 1
                print(matrix.reshape(-1).tolist(), max(losses))
            """

    def test_predictions_are_counted_before_they_are_shown(self):
        host = Host(["script.py"], self.written(self.COUNTED), nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="show", figures=False)
        host.send(type="goTo", position={"step": 10, "phase": "update", "node": 0})
        host.stop()
        self.assertEqual(host.of_type("figures"), [])
        host.send(type="show", figures=True)
        host.send(type="show", figures=False)
        host.send(type="run")
        host.end()
        self.assert_no_trouble(host)
        found = {m["part"]: m for m in host.of_type("figures")}
        self.assertEqual(set(found), {"epoch", "validation"})
        # Only an evaluation for which there was time is counted, but that whole.
        self.assertIn(found["validation"]["step"], (4, 8))
        self.assertEqual((found["validation"]["width"], found["validation"]["samples"]), (3, 40))
        self.assertGreater(found["epoch"]["firstStep"], 8)

    def test_predictions_are_sent_while_the_host_shows_them(self):
        host = Host(["script.py"], self.written(self.COUNTED), nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="show", figures=True)
        # In the third epoch, after two evaluations.
        host.send(type="goTo", position={"step": 10, "phase": "update", "node": 0})
        host.stop()
        host.send(type="show", figures=False)
        host.send(type="run")
        output = host.end()[1].decode().splitlines()
        self.assert_no_trouble(host)
        found = {m["part"]: m for m in host.of_type("figures")}
        counts, worst = output[1].rsplit(" ", 1)
        evaluated = found["validation"]
        # The script calls the loss twice for each of its samples.
        self.assertEqual([count // 2 for count in evaluated.arrays["counts"][:9]], eval(counts))
        self.assertEqual((evaluated["kind"], evaluated["width"], evaluated["samples"]), ("classes", 3, 40))
        self.assertEqual((evaluated["source"], evaluated["step"], evaluated["firstStep"]), ("validation", 8, 0))
        self.assertAlmostEqual(evaluated.arrays["worstLoss"][0], float(worst), places=5)
        trained = found["epoch"]
        self.assertEqual(trained["samples"], sum(trained.arrays["counts"]))
        self.assertEqual(trained["samples"] % 10, 0)
        self.assertGreater(trained["firstStep"], 8)

    def test_the_round_of_optimizers_that_take_turns_is_found(self):
        text = """
            import torch
            G, D = torch.nn.Linear(4, 2), torch.nn.Linear(2, 1)
            og, od = torch.optim.Adam(G.parameters()), torch.optim.SGD(D.parameters(), 0.1)
            for step in range(12):
                for part in range(3):
                    od.zero_grad()
                    D(G(torch.ones(2, 4)).detach()).mean().backward()
                    od.step()
                og.zero_grad()
                D(G(torch.ones(2, 4))).mean().backward()
                og.step()
            """
        host = Host(["script.py"], self.written(text), nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="goTo", position={"step": 9, "phase": "forward", "node": 0})
        stop = host.stop()
        self.assertEqual(stop["round"], [0, 0, 0, 1])
        self.assertEqual(stop["optimizer"], 0)
        host.send(type="goTo", position={"step": 12, "phase": "loss", "node": 0})
        self.assertEqual(host.stop()["optimizer"], 1)
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)
        texts = [message["text"] for message in host.of_type("event")]
        self.assertEqual(len(texts), 1)
        self.assertIn("SGD of D and Adam of G take turns: a round has 4 updates", texts[0])
        host = Host(["script.py"], self.written(text), nursery=self.nursery, stepEvery=4)
        self.assertEqual(host.end()[0], 0)
        scalars = host.of_type("scalars")
        self.assertEqual([n for m in scalars for n in m.arrays["backwards"]], [4] * 12)
        for message in scalars:
            norms = message.arrays["gradientNorms"]
            if norms:
                self.assertEqual(sum(norm >= 0 for norm in norms[: message["parameters"]]), 4, "of both models")
        self.assert_no_trouble(host)

    def test_a_step_that_fails_does_not_hide_those_after_it(self):
        text = """
            import torch
            class Failing(torch.optim.SGD):
                fails = True
                def step(self, closure=None):
                    if self.fails:
                        raise ValueError("not yet")
                    return super().step(closure)
            model, other = torch.nn.Linear(4, 1), torch.nn.Linear(4, 1)
            optimizers = [Failing(model.parameters(), 0.1), torch.optim.SGD(other.parameters(), 0.1)]
            for step in range(4):
                for one, optimizer in zip((model, other), optimizers):
                    one(torch.ones(2, 4)).mean().backward()
                    try:
                        optimizer.step()
                    except ValueError:
                        print("failed")
                Failing.fails = step < 1
            """
        host = Host(["script.py"], self.written(text), nursery=self.nursery)
        self.assertEqual(host.end()[1], b"failed\nfailed\n")
        self.assert_no_trouble(host)
        self.assertEqual(len([n for m in host.of_type("scalars") for n in m.arrays["step"]]), 6)

    def test_gradients_survive_the_garbage_collector(self):
        text = """
            import gc
            import torch
            w = torch.ones(4, requires_grad=True)
            for step in range(3):
                product = w * torch.arange(4.0)
                product.register_hook(lambda gradient: [gc.collect()] and None)
                product.sum().backward()
                w.grad = None
            """
        host = Host(["script.py"], self.written(text), nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="record", steps=[2])
        host.send(type="run")
        host.end()
        kept = {(m["node"], m["view"]): m.arrays["values"] for m in host.of_type("kept")}
        self.assertEqual(kept["w", "gradient"], [0, 1, 2, 3])

    def test_values_beyond_the_budget_are_let_go_and_it_is_said(self):
        text = """
            import torch
            model = torch.nn.Sequential(*[torch.nn.Linear(512, 512) for _ in range(6)])
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            for step in range(3):
                model(torch.ones(512, 512)).mean().backward()
                optimizer.step()
            """
        host = Host(["script.py"], self.written(text), nursery=self.nursery, paused=True, history=4 << 20)
        host.stop()
        host.send(type="goTo", position={"step": 1, "phase": "loss", "node": 0})
        host.stop()
        self.assertIsNotNone(host.tensor("5.linear"))
        self.assertIsNone(host.tensor("0.linear"))
        self.assertIn("let go, since the values kept reached the limit of 4 MB", host.of_type("refused")[-1]["text"])
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)

    def test_steps_that_a_fused_optimizer_skips_are_counted(self):
        text = """
            import torch
            model = torch.nn.Linear(8, 1)
            try:
                optimizer = torch.optim.SGD(model.parameters(), 0.1, fused=True)
                scaler = torch.amp.GradScaler("cpu", init_scale=2.0**127)
            except (AttributeError, TypeError, RuntimeError):
                raise SystemExit(3)
            for step in range(4):
                optimizer.zero_grad()
                loss = model(torch.ones(4, 8)).square().mean() * (1000 if step < 2 else 1e-9)
                scaler.scale(loss).backward()
                scaler.step(optimizer)
                scaler.update()
            """
        host = Host(["script.py"], self.written(text), nursery=self.nursery)
        if host.end()[0] == 3:
            self.skipTest("no fused optimizers")
        self.assert_no_trouble(host)
        self.assertEqual([n for m in host.of_type("scalars") for n in m.arrays["skipped"]], [1, 1, 0, 0])

    def test_a_large_tensor_is_thinned_and_any_cell_is_exact(self):
        folder = self.written(
            """
            import torch
            model = torch.nn.Linear(400, 300, bias=False)
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            model(torch.ones(2, 400)).sum().backward()
            optimizer.step()
            print(model.weight.detach().flatten()[12345].item())
            """
        )
        host = Host(["script.py"], folder, nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="goTo", position={"step": 1, "phase": "update", "node": 0})
        host.stop()
        picture = host.tensor("weight", limit=1000, cell=12345)
        self.assertTrue(picture["isThinned"])
        self.assertEqual(picture["size"], [300, 400])
        self.assertLessEqual(len(picture.arrays["values"]), 1000)
        self.assertEqual(picture.arrays["statistics"][0], 120000)
        self.assertEqual(sum(picture.arrays["histogram"]), 120000)
        part = host.tensor("weight", rows=[30, 31], columns=[345, 346])
        self.assertEqual(part.arrays["values"], picture.arrays["cell"])
        host.send(type="run")
        self.assertEqual(float(host.end()[1]), picture.arrays["cell"][0])

    def test_a_large_tensor_of_images_is_thinned_to_whole_ones(self):
        folder = self.written(
            """
            import torch
            model = torch.nn.Conv2d(3, 6, 3)
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            model(torch.rand(5, 3, 12, 12)).sum().backward()
            optimizer.step()
            """
        )
        host = Host(["script.py"], folder, nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="goTo", position={"step": 1, "phase": "update", "node": 0})
        host.stop()
        picture = host.tensor("conv2d", limit=450)
        # 30 images of 10 × 10 have room for 4.
        self.assertEqual(picture["rows"], [image * 10 + row for image in (0, 9, 19, 29) for row in range(10)])
        self.assertNotIn("columns", picture)
        image = host.tensor("conv2d", leading=[3, 1])
        self.assertEqual(picture.arrays["values"][200:300], image.arrays["values"])
        # The image of a cell that is asked for is among them.
        rows = host.tensor("conv2d", limit=450, cell=1234)["rows"]
        self.assertEqual(rows, [image * 10 + row for image in (0, 12, 19, 29) for row in range(10)])
        host.send(type="run")
        host.end()

    def test_a_gradient_that_no_zero_grad_reset_is_there_before_backward(self):
        folder = self.written(
            """
            import torch
            model = torch.nn.Linear(2, 1, bias=False)
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            for step in range(3):
                model(torch.tensor([[3.0, 4.0]])).sum().backward()
                optimizer.step()
            """
        )
        host = Host(["script.py"], folder, nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="goTo", position={"step": 2, "phase": "backward", "node": 0})
        host.stop()
        left = host.tensor("weight", view="gradient")
        self.assertEqual(left.arrays["values"], [3, 4])
        self.assertIn("left from before this step", str(left.get("remark")))
        host.send(type="change", change={"zeroGrad": {"_0": True}})
        self.assertIn("not switched off", host.until("refused")["text"])
        host.send(type="run")
        host.end()

    def test_numbers_at_the_ends_of_float32_keep_their_magnitude(self):
        folder = self.written(
            """
            import torch
            model = torch.nn.Linear(4, 4, bias=False)
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            out = model(torch.ones(2, 4))
            (out * 0 + 3e38)[0, 0].backward()
            (model(torch.ones(2, 4)) * 0 + 1e-42).sum().backward()
            optimizer.step()
            """
        )
        host = Host(["script.py"], folder, nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="goTo", position={"step": 1, "phase": "update", "node": 0})
        norms = host.stop().arrays["valueNorms"]
        self.assertFalse(any(math.isinf(norm) for norm in norms), norms)
        self.assertTrue(any(norm > 3e38 for norm in norms), norms)
        self.assertTrue(any(0 < norm < 1e-40 for norm in norms), norms)
        host.send(type="run")
        host.end()

    def test_a_script_of_meta_tensors_runs_and_has_no_numbers(self):
        folder = self.written(
            """
            import torch
            model = torch.nn.Linear(4, 2, device="meta")
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            for step in range(3):
                model(torch.randn(3, 4, device="meta")).sum().backward()
                optimizer.step()
            print("through")
            """
        )
        host = Host(["script.py"], folder, nursery=self.nursery, paused=True)
        host.stop()
        host.send(type="goTo", position={"step": 2, "phase": "backward", "node": 0})
        host.stop()
        host.send(type="run")
        self.assertEqual(host.end()[1], b"through\n")
        self.assert_no_trouble(host)
        self.assertEqual(sum(len(message.arrays["step"]) for message in host.of_type("scalars")), 3)

    def test_an_epoch_ends_with_its_last_step_however_the_loop_takes_its_batches(self):
        text = """
            import torch
            from torch.utils.data import DataLoader, IterableDataset, TensorDataset
            data = TensorDataset(torch.randn(32, 4))
            class Stream(IterableDataset):
                def __iter__(self):
                    return iter(data)
            loader, other, valid = DataLoader(data, 8), DataLoader(data, 8), DataLoader(data, 16)
            model = torch.nn.Linear(4, 1)
            optimizer = torch.optim.SGD(model.parameters(), 0.01)
            def use(batch):
                model(batch[0]).square().mean().backward()
            def update():
                optimizer.step()
                optimizer.zero_grad()
            def train(batch):
                use(batch)
                update()
            @torch.no_grad()
            def evaluate(loader):
                for batch in loader:
                    torch.nn.functional.mse_loss(model(batch[0]), torch.zeros(len(batch[0]), 1))
            def ahead(loader):
                batches = iter(loader)
                batch = next(batches)
                for following in batches:
                    yield batch
                    batch = following
                yield batch
            """
        loops = {
            "for batch in loader: train(batch)": 4,
            "for number, batch in enumerate(loader): train(batch)\nevaluate(valid)": 4,
            "model(next(iter(loader))[0])\nfor batch in loader: train(batch)": 4,
            "for batch in DataLoader(Stream(), 8): train(batch)": 4,
            # Loops that know how many batches there are, as Lightning does, with and without an evaluation.
            "batches = iter(loader)\nfor number in range(4): train(next(batches))": 4,
            "batches = iter(loader)\nfor number in range(4): train(next(batches))\nevaluate(valid)": 4,
            "for number, batch in zip(range(3), loader): train(batch)": 3,
            # Loops that take each batch ahead, as Accelerate does.
            "for batch in ahead(loader): train(batch)": 4,
            "for batch in ahead(loader): train(batch)\nevaluate(valid)": 4,
            "for batch in ahead(DataLoader(data, 32)): train(batch)": 1,
            "for one, two in zip(loader, other): train(one)": 4,
            "for number, batch in enumerate(loader):\n  train(batch)\n  if number == 1: evaluate(loader)": 4,
            "for batch in loader: use(batch)\nupdate()": 1,
        }
        for loop, count in loops.items():
            body = textwrap.dedent(text) + "for epoch in range(3):\n" + textwrap.indent(loop, "  ")
            host = Host(["script.py"], self.written(body), nursery=self.nursery)
            self.assertEqual(host.end()[0], 0)
            self.assert_no_trouble(host)
            told = [number for message in host.of_type("scalars") for number in message.arrays["epoch"]]
            self.assertEqual(told, [1] * count + [2] * count + [3] * count, loop)
            ends = [(message["epoch"], message["step"]) for message in host.of_type("epoch")]
            self.assertEqual(ends, [(1, count), (2, 2 * count), (3, 3 * count)], loop)

    def test_the_moment_at_a_scripts_end_has_the_loss_of_its_last_step(self):
        folder = self.written(
            """
            import torch
            model = torch.nn.Linear(2, 1)
            optimizer = torch.optim.SGD(model.parameters(), 0.01)
            for step in range(3):
                optimizer.zero_grad()
                loss = model(torch.ones(1, 2)).square().sum()
                loss.backward()
                optimizer.step()
            model.eval()
            with torch.no_grad():
                torch.nn.functional.mse_loss(model(torch.ones(1, 2)), torch.zeros(1, 1))
            print(loss.item())
            """
        )
        for breakpoints in ([], [breakpoint(1, node="nowhere")]):
            host = Host(["script.py"], folder, holdAt=["end"], breakpoints=breakpoints)
            stop = host.stop()
            self.assertEqual((stop["status"], stop["position"]["step"]), ("ended", 3))
            self.assertEqual(stop["isWatched"], bool(breakpoints))
            host.send(type="run")
            self.assertEqual(stop.arrays["loss"], [float(host.end()[1])])
            self.assert_no_trouble(host)
            self.assertEqual(stop.arrays["loss"][0], host.of_type("scalars")[-1].arrays["loss"][-1])

    def test_a_script_that_never_imports_torch_is_not_held(self):
        host = Host(["script.py"], self.written("print(1)"), holdAt=["end", "exit", "error"])
        self.assertEqual(host.end()[:2], (0, b"1\n"))

    def test_a_host_that_is_gone_frees_or_stops_the_script(self):
        script = """
            import time
            import torch
            model = torch.nn.Linear(4, 1)
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            for step in range(40):
                model(torch.ones(2, 4)).sum().backward()
                optimizer.step()
                time.sleep(0.02)
            """
        for on_exit, code in (("continue", 0), ("stop", -signal.SIGINT)):
            host = Host(["script.py"], self.written(script), nursery=self.nursery, paused=True, onExit=on_exit)
            host.stop()
            host.socket.close()
            host.process.wait()
            host.process.stdout.close()
            host.process.stderr.close()
            self.assertIn(host.process.returncode, (code, 130 if code else 0))


class FactTests(ProbeTestCase):
    """What is measured for a diagnosis."""

    def facts(self, text, diagnosis="thorough"):
        """The host of a script that has run to its end."""
        host = Host(["script.py"], folder=self.written(text), nursery=self.nursery, diagnosis=diagnosis)
        host.end()
        self.assert_no_trouble(host)
        return host

    def test_a_step_is_measured(self):
        """Statistics, units and norms are those that torch computes, and the loop's calls are counted."""
        text = """
            import torch
            from torch import nn
            torch.manual_seed(0)
            model = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            x, y = torch.randn(8, 4), torch.tensor([0, 1, 0, 1, 0, 1, 0, 0])
            for step in range(2):
                optimizer.zero_grad()
                hidden = model[1](model[0](x))
                loss = nn.functional.cross_entropy(model[2](hidden), y)
                loss.backward()
                if step == 0:
                    norm = model[0].weight.grad.norm().item()
                optimizer.step()
            torch.manual_seed(0)
            print(norm, torch.rand(1).item())
        """
        host = self.facts(text)
        run, step = host.of_type("runFacts")[0], host.of_type("stepFacts")[0]
        self.assertEqual([one["name"] for one in run["parameters"]], ["0.weight", "0.bias", "2.weight", "2.bias"])
        self.assertTrue(all(one["isListed"] and one["isHeld"] for one in run["parameters"]))
        self.assertTrue(run["optimizers"][0]["location"].endswith("script.py:6"))
        self.assertEqual(step["calls"]["zeroGrads"], 1)
        self.assertEqual([one["samples"] for one in step["calls"]["backwards"]], [8])
        self.assertTrue(step["calls"]["optimizerLocation"].endswith("script.py:15"))
        self.assertEqual(step.arrays["targetCounts"], [5, 3])
        norm = float(host.output[0].split()[0])
        self.assertAlmostEqual(step.arrays["parameterNumbers"][1], norm, 6)
        (relu,) = step["units"]
        self.assertEqual(relu[1:], [8, 3, 0])
        graph = host.of_type("graph")[0]["nodes"]
        self.assertEqual(graph[relu[0]]["operation"], "relu")
        zeros = step.arrays["valueStatistics"][9 * step["values"].index(relu[0]) + 6]
        self.assertEqual(zeros, 24 - sum(step.arrays["active"]))
        self.assertFalse(any(one.get("keepsOldGradient") for one in host.of_type("stepFacts")[1]["parameters"]))

    def test_a_parameter_that_is_cut_off_is_told_with_the_line(self):
        """Each way to leave the graph is told by its line."""
        for cut in ("h.detach()", "h.data", "torch.tensor(h.tolist())", "torch.from_numpy(h.detach().numpy())"):
            text = """
                import torch
                from torch import nn
                class Net(nn.Module):
                    def __init__(self):
                        super().__init__()
                        self.body, self.head = nn.Linear(4, 3), nn.Linear(3, 1)
                    def forward(self, x):
                        h = self.body(x)
                        h = %s  # cut
                        return self.head(h)
                model = Net()
                optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
                for step in range(2):
                    optimizer.zero_grad()
                    model(torch.randn(8, 4)).square().mean().backward()
                    optimizer.step()
            """ % cut
            step = self.facts(text).of_type("stepFacts")[-1]
            body, head = step["parameters"][0], step["parameters"][2]
            self.assertEqual((body["name"], body["isReached"], head["isReached"]), ("body.weight", False, True), cut)
            self.assertTrue(body["cutLocation"].endswith("script.py:10"), cut)

    def test_old_gradients_equal_rows_and_unlisted_layers_are_told(self):
        """What a loop leaves in gradients, rows that are alike, and layers in a list."""
        text = """
            import torch
            from torch import nn
            class Net(nn.Module):
                def __init__(self):
                    super().__init__()
                    self.layers = [nn.Linear(4, 3)]  # here
                    self.head = nn.Linear(3, 1)
                    nn.init.constant_(self.layers[0].weight, 0.5)
                    nn.init.constant_(self.head.weight, 0.5)
                def forward(self, x):
                    return self.head(torch.tanh(self.layers[0](x)))
            model = Net()
            nn.init.zeros_(model.layers[0].bias)
            optimizer = torch.optim.SGD([*model.parameters(), model.layers[0].weight], lr=0.1)
            for step in range(2):
                model(torch.ones(8, 4)).square().mean().backward()
                optimizer.step()
        """
        host = self.facts(text)
        unlisted = [one for one in host.of_type("runFacts")[-1]["parameters"] if not one["isListed"]]
        self.assertEqual([one["isHeld"] for one in unlisted], [True, False])
        self.assertTrue(unlisted[1]["location"].endswith("script.py:7"))
        first, second = host.of_type("stepFacts")
        self.assertFalse(any(one.get("keepsOldGradient") for one in first["parameters"]))
        self.assertTrue(any(one.get("keepsOldGradient") for one in second["parameters"]))
        self.assertIn([0, 1], [one.get("equalRows") for one in first["parameters"]])

    def test_what_is_not_finite_is_counted(self):
        """NaN and infinite values are counted, as in the statistics of a tensor that is shown."""
        text = """
            import torch
            model = torch.nn.Linear(2, 1)
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            for step in range(2):
                h = model(torch.tensor([[1.0, 2.0], [float("nan"), 1.0], [float("inf"), 0.0]]))
                h.mean().backward()
                optimizer.step()
        """
        step = self.facts(text).of_type("stepFacts")[0]
        self.assertEqual(step.arrays["inputStatistics"][7:], [1.0, 1.0])
        self.assertEqual(step.arrays["inputStatistics"][3], 1.0)

    def test_samples_that_influence_each_other(self):
        """The first node in which it shows is told; a model that keeps samples apart is told nothing of."""
        text = """
            import torch
            class Net(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.layer = torch.nn.Linear(6, 2)
                def forward(self, x):
                    x = x.relu().%s
                    return self.layer(x.reshape(-1, 6))
            model = Net()
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            for step in range(3):
                loss = torch.nn.functional.cross_entropy(model(torch.randn(4, 2, 3)), torch.tensor([0, 1, 0, 1]))
                loss.backward()
                optimizer.step()
        """
        for permuted, node in (("permute(1, 0, 2)", "reshape"), ("permute(0, 2, 1)", None)):
            found = [message["mixed"] for message in self.facts(text % permuted).of_type("stepFacts") if "mixed" in message]
            self.assertEqual([one["node"] for one in found], [node] if node else [])

    def test_the_loss_in_evaluation_mode(self):
        """It is that of the same batch with the same parameters."""
        text = """
            import torch
            torch.manual_seed(0)
            model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.BatchNorm1d(8), torch.nn.Dropout(0.5), torch.nn.Linear(8, 1))
            optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
            loss_function = torch.nn.MSELoss()
            for step in range(60):
                x, y = torch.randn(16, 4), torch.randn(16, 1)
                loss = loss_function(model(x), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                if step == 55:
                    with torch.no_grad():
                        model.eval()
                        print(repr(loss_function(model(x), y).item()))
                        model.train()
        """
        host = self.facts(text)
        found = {message["step"]: message.arrays["evaluationLoss"][0] for message in host.of_type("stepFacts") if "evaluationLoss" in message.arrays}
        self.assertEqual(min(found), 50)
        self.assertEqual(found[56], float(host.output[0]))

    def test_what_is_tried_leaves_no_trace(self):
        """The model is called again; all that it changes of itself and beside it is put back."""
        text = """
            import torch
            torch.manual_seed(0)
            log, table = [], torch.zeros(2)
            class Counter:
                def __init__(self):
                    self.count = 0
                def __call__(self):
                    self.count += 1
            class Net(torch.nn.Module):
                kept = {}
                def __init__(self):
                    super().__init__()
                    self.layer = torch.nn.Linear(2, 2)
                    self.norm = torch.nn.BatchNorm1d(2)
                    self.register_buffer("seen", torch.zeros(1))
                    self.count, self.state, self.counter = 0, torch.zeros(2), Counter()
                def forward(self, x):
                    self.count += 1
                    self.counter()
                    log.append(self.count)
                    self.kept[self.count] = self.training
                    self.seen += 1
                    self.state += 1
                    table.add_(1)
                    x += 1
                    print("called", self.training, torch.rand(1))
                    with torch.no_grad():
                        self.layer.weight.data.clamp_(-0.5, 0.5)
                    return self.norm(self.layer(x))
            model, x = Net(), torch.randn(4, 2)
            optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
            for step in range(60):
                loss = torch.nn.functional.cross_entropy(model(x), torch.tensor([0, 1, 0, 1]))
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            print(log, table, x, model.count, model.counter.count, model.kept, model.state, model.state_dict())
        """
        self.assertIn("evaluationLoss", self.assert_same(text))

    def assert_same(self, text):
        """A script says the same with the probe; what was found by calling its model again."""
        folder = self.written(text)
        expected = self.nursery.alone(["script.py"], folder)
        host = Host(["script.py"], folder=folder, nursery=self.nursery, diagnosis="thorough")
        self.assertEqual(host.end(), expected)
        self.assertEqual(expected[0], 0)
        self.assert_no_trouble(host)
        told = host.of_type("stepFacts")
        self.assertTrue(told)
        return {name for message in told for name in ("mixed", "evaluationLoss") if name in message or name in message.arrays}

    def test_a_model_that_touches_more_is_not_tried(self):
        """A lock that is held, generators of random numbers, files and counts are as they are without the probe."""
        text = """
            import itertools, os, random, sys, threading, types
            import torch
            torch.manual_seed(0)
            lock, helper = threading.Lock(), types.ModuleType("helper")
            exec("n = 0\\ndef tick():\\n    global n\\n    n += 1", vars(helper))
            def counter():
                calls = 0
                def count():
                    nonlocal calls
                    calls += 1
                    return calls
                return count
            count = counter()
            class Noise:
                def __init__(self):
                    self.source = random.Random(1)
                def __call__(self):
                    return self.source.random()
            class Net(torch.nn.Module):
                calls, source = 0, %s
                def __init__(self):
                    super().__init__()
                    self.layer = torch.nn.Linear(6, 2)
                    self.noise = %s
                def forward(self, x):
                    x = x.relu().permute(1, 0, 2)
                    %s
                    return self.layer(x.reshape(-1, 6))
            model = Net()
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            for step in range(2):
                loss = torch.nn.functional.cross_entropy(model(torch.randn(4, 2, 3)), torch.tensor([0, 1, 0, 1]))
                optimizer.zero_grad()
                loss.backward()
                with lock:
                    optimizer.step()
            print(loss.item(), Net.calls, helper.n, count())
        """
        self.assertEqual(self.assert_same(text % (None, None, "pass")), {"mixed"})
        for kept, noise, line in (
            (None, None, "print(lock.acquire(timeout=1) and lock.release())"),
            ("torch.Generator().manual_seed(3)", None, "x = x + torch.randn(x.shape, generator=self.source)"),
            (None, "Noise()", "x = x + self.noise()"),
            (None, "itertools.count()", "x = x + next(self.noise)"),
            (None, None, "Net.calls += 1"),
            (None, None, "count()"),
            (None, None, "helper.tick()"),
            (None, None, "os.write(1, b'called')"),
            (None, None, "sys.stdout.write('called')"),
        ):
            self.assertEqual(self.assert_same(text % (kept, noise, line)), set(), line)

    def test_what_calls_of_a_model_can_touch(self):
        """It is told by what the model holds and by its code."""
        self.assertEqual(self.nursery.alone([os.path.join(HERE, "reach_cases.py")]), (0, b"all seen\n", b""))

    def test_nothing_is_tried_beside_another_thread(self):
        """A thread of the script's may use the model at the same time."""
        text = """
            import threading
            import torch
            class Net(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.layer = torch.nn.Linear(6, 2)
                def forward(self, x):
                    return self.layer(x.permute(1, 0, 2).reshape(-1, 6))
            model, done = Net(), threading.Event()
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            def wait():
                done.wait()
                print("waited")
            thread = threading.Thread(target=wait)
            %s
            for step in range(2):
                loss = torch.nn.functional.cross_entropy(model(torch.randn(4, 2, 3)), torch.tensor([0, 1, 0, 1]))
                loss.backward()
                optimizer.step()
            done.set()
            if thread.ident:
                thread.join()
        """
        self.assertEqual(self.assert_same(text % ""), {"mixed"})
        self.assertEqual(self.assert_same(text % "thread.start()"), set())

    def test_only_the_thread_that_tries_is_silent(self):
        """What others print, log and warn of is seen, and what the script warns of later, too."""
        text = """
            import logging, sys, threading, warnings
            import torch
            sys.path.insert(0, %r)
            from tapedeck_probe.silence import silence
            logging.basicConfig(format="%%(message)s")
            def say(who):
                print("printed by", who)
                print("said by", who, file=sys.stderr)
                logging.warning("logged by %%s", who)
                warnings.warn("warning of " + who)
            with silence():
                say("the trial")
                other = threading.Thread(target=say, args=("another",))
                other.start()
                other.join()
            for time in range(2):
                say("the trial")
        """ % os.path.dirname(START)
        code, output, errors = self.nursery.alone(["script.py"], self.written(text))
        self.assertEqual((code, output), (0, b"printed by another\n" + 2 * b"printed by the trial\n"))
        lines = [line for line in errors.decode().splitlines() if " by " in line or "UserWarning" in line]
        self.assertEqual(
            [line.rpartition("UserWarning: ")[2] for line in lines],
            ["said by another", "logged by another", "warning of another"]
            + ["said by the trial", "logged by the trial", "warning of the trial", "said by the trial", "logged by the trial"],
        )

    def test_a_second_thread_with_a_model_of_its_own_is_left_alone(self):
        """One thread is watched to its end, and afterwards the next that trains."""
        text = """
            import sys, threading
            import torch
            from torch import nn
            sys.setswitchinterval(1e-5)
            models = [nn.Sequential(nn.Linear(4, width), nn.ReLU(), nn.Linear(width, 1)) for width in (8, 16, 24)]
            a, b, c = models
            def train(place, steps):
                generator = torch.Generator().manual_seed(place)
                optimizer = torch.optim.SGD(models[place].parameters(), lr=0.01)
                for step in range(steps):
                    x = torch.randn(16, 4, generator=generator)
                    loss = nn.functional.mse_loss(models[place](x), x[:, :1])
                    optimizer.zero_grad()
                    loss.backward()
                    optimizer.step()
            torch.manual_seed(0)
            for model in models:
                for parameter in model.parameters():
                    nn.init.normal_(parameter)
            threads = [threading.Thread(target=train, args=(place, 60)) for place in (0, 1)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            train(2, 10)
            for model in models:
                print(model[0].weight.norm().item())
        """
        folder = self.written(text)
        expected = self.nursery.alone(["script.py"], folder)
        host = Host(["script.py"], folder=folder, nursery=self.nursery, diagnosis="thorough")
        self.assertEqual(host.end(), expected)
        self.assert_no_trouble(host)
        self.assertEqual(sum(message["steps"] for message in host.of_type("scalars")), 70)
        widths = [[one["shape"][0] for one in run["parameters"] if one["name"].endswith("0.weight")] for run in host.of_type("runFacts")]
        first, last = widths[0], widths[-1]
        self.assertIn(first, ([8], [16]))
        self.assertIn(24, last)
        self.assertFalse(any({8, 16} <= set(found) for found in widths), widths)
        listed = [one["isListed"] for run in host.of_type("runFacts") for one in run["parameters"]]
        self.assertEqual(set(listed), {True})

    def test_a_thread_that_only_calls_a_model_keeps_no_other_from_being_watched(self):
        """It is taken for the one that trains until another has trained for long."""
        text = """
            import threading
            import torch
            other, model = torch.nn.Linear(2, 1), torch.nn.Linear(2, 1)
            called, done = threading.Event(), threading.Event()
            def call():
                other(torch.ones(1, 2))
                called.set()
                done.wait()
            thread = threading.Thread(target=call)
            thread.start()
            called.wait()
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            for step in range(1100):
                optimizer.zero_grad()
                model(torch.ones(4, 2)).square().mean().backward()
                optimizer.step()
            done.set()
            thread.join()
        """
        host = self.facts(text, "sparing")
        self.assertEqual(sum(message["steps"] for message in host.of_type("scalars")), 100)
        named = {one["name"] for run in host.of_type("runFacts") for one in run["parameters"]}
        self.assertEqual(named, {"weight", "bias"})

    def test_a_loss_that_is_not_known_has_its_mark(self):
        """Where the script sets gradients itself there is none; one that is NaN is known."""
        for backward, mark in (("parameter.grad = torch.ones_like(parameter)", 0), ("(parameter * float('nan')).sum().backward()", 1)):
            text = """
                import torch
                parameter = torch.nn.Parameter(torch.ones(2))
                optimizer = torch.optim.SGD([parameter], lr=0.1)
                for step in range(3):
                    %s
                    optimizer.step()
            """ % backward
            marks = [one for message in self.facts(text).of_type("scalars") for one in message.arrays["hasLoss"]]
            self.assertEqual(marks, [mark] * 3)

    def test_a_network_that_no_optimizer_has_is_not_evaluated(self):
        """A target network of the same class is called in training mode on purpose; the trained one's own passes are told."""
        for called, count in (("target", 0), ("model", 1)):
            text = """
                import copy
                import torch
                from torch import nn
                model = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3))
                target = copy.deepcopy(model).requires_grad_(False)
                optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
                for step in range(4):
                    x = torch.randn(8, 4)
                    with torch.no_grad():
                        wanted = %s(x)
                    optimizer.zero_grad()
                    (model(x) - wanted - 1).square().mean().backward()
                    optimizer.step()
            """ % called
            self.assertEqual(len(self.facts(text).of_type("evaluationFacts")), count)

    def test_a_backward_to_other_parameters_is_told(self):
        """That of another task has a head of its own; that of another batch has not."""
        for head, told in (("heads[place]", [False, True, True]), ("heads[0]", [False, False, False])):
            text = """
                import torch
                from torch import nn
                body, heads = nn.Linear(4, 3), nn.ModuleList(nn.Linear(3, 1) for _ in range(3))
                optimizer = torch.optim.SGD([*body.parameters(), *heads.parameters()], lr=0.1)
                for step in range(2):
                    optimizer.zero_grad()
                    for place in range(3):
                        nn.functional.mse_loss(%s(body(torch.randn(8, 4))), torch.randn(8, 1)).backward()
                    optimizer.step()
            """ % head
            step = self.facts(text).of_type("stepFacts")[-1]
            self.assertEqual([one["hasOtherParameters"] for one in step["calls"]["backwards"]], told)

    def test_a_thorough_diagnosis_takes_as_much_time_as_the_script(self):
        """The first steps are looked at whatever they cost, and those up to the 400th while they cost no more than the rest."""
        text = """
            import torch
            deck = torch.autograd.Variable._execution_engine._deck
            deck.facts.spend(1000)
            for seconds in (1900, 2000, 5100):
                deck.scalars.seconds = lambda: seconds
                print([deck.facts.needs_nodes(step) for step in (20, 21, 400, 401)])
        """
        lines = self.facts(text).output[0].decode().splitlines()
        first, both, all_ = [True, False, False, False], [True, True, True, False], [True] * 4
        self.assertEqual(lines, [str(first), str(both), str(all_)])

    def test_a_warning_is_shown_as_often_as_without_the_probe(self):
        """That the model is called again neither shows a warning nor makes Python forget that it has shown one."""
        text = """
            import warnings
            import torch
            class Net(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.layer, self.drop = torch.nn.Linear(2, 2), torch.nn.Dropout(0.5)
                def forward(self, x):
                    warnings.warn("in forward")
                    if not self.training:
                        warnings.warn("in evaluation mode")
                    return self.drop(self.layer(x))
            model = Net()
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            for step in range(60):
                loss = torch.nn.functional.cross_entropy(model(torch.randn(4, 2)), torch.tensor([0, 1, 0, 1]))
                torch.tensor(loss)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            with torch.no_grad():
                model.eval()(torch.randn(4, 2))
        """
        script = os.path.join(self.written(text), "script.py")
        expected = self.nursery.alone([script])
        self.assertEqual(expected[2].count(b"Warning: "), 3)
        for diagnosis in ("sparing", "thorough"):
            host = Host([script], nursery=self.nursery, diagnosis=diagnosis)
            self.assertEqual(host.end(), expected, diagnosis)
            self.assert_no_trouble(host)
        self.assertTrue(any("evaluationLoss" in message.arrays for message in host.of_type("stepFacts")))

    def test_the_call_that_put_the_model_into_evaluation_mode_is_told(self):
        """The last one that was not undone, be it of the model or of a part, and be it ``eval()`` or ``train(False)``."""
        text = """
            import torch
            from torch import nn
            class Net(nn.Sequential):
                def train(self, mode=True):
                    return super().train(mode)
            model = Net(nn.Linear(2, 2), nn.Sequential(nn.Dropout(0.5)))
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            def step():
                optimizer.zero_grad()
                model(torch.randn(4, 2)).square().mean().backward()
                optimizer.step()
            step()
            model.eval()
            step()
            model.train()
            step()
            model.train(False)
            step()
            model[1].eval()
            torch.nn.Linear(2, 2).eval()
            step()
        """
        host = self.facts(text)
        told = [(one["modulesInEvaluationMode"], one["evaluationModeLocation"]) for one in host.of_type("stepFacts")]
        self.assertEqual([modules for modules, _ in told], [[], ["1.0"], [], ["1.0"], ["1.0"]])
        self.assertEqual([where and where.rpartition(":")[2] for _, where in told], [None, "14", None, "18", "20"])
        self.assertEqual(host.of_type("runFacts")[0]["modulesWithModes"], [{"name": "1.0", "class": "Dropout", "isDropout": True}])

    def test_what_is_found_in_a_step_stops_the_run_at_its_end(self):
        """With a breakpoint at findings the script waits until the facts of a step have been judged."""
        text = """
            import torch
            model = torch.nn.Linear(2, 1)
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            for step in range(5):
                model(torch.randn(4, 2)).mean().backward()
                optimizer.step()
        """
        at_findings = [breakpoint(1, stopsAtFindings=True)]
        host = Host(["script.py"], folder=self.written(text), nursery=self.nursery, diagnosis="sparing", breakpoints=at_findings)
        for step in (1, 2):
            self.assertTrue(host.until("stepFacts", step=step)["isAwaited"])
            if step == 2:
                host.send(type="pause", now=True)
            host.send(type="judged")
        moment = host.stop()
        self.assertEqual((moment["position"]["step"], moment["position"]["phase"], moment["isWatched"]), (2, "update", True))
        host.send(type="breakpoints", breakpoints=[])
        host.send(type="run")
        self.assertEqual(host.end()[0], 0)
        self.assert_no_trouble(host)
        self.assertFalse(host.of_type("stepFacts")[-1]["isAwaited"])

    def test_facts_are_only_measured_where_they_are_wanted(self):
        """Without a diagnosis nothing is told; a sparing one looks at few steps."""
        text = """
            import torch
            model = torch.nn.Linear(2, 1)
            optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
            for step in range(3000):
                model(torch.randn(4, 2)).mean().backward()
                optimizer.step()
        """
        self.assertEqual(self.facts(text, None).of_type("stepFacts"), [])
        told = [message["step"] for message in self.facts(text, "sparing").of_type("stepFacts")]
        self.assertEqual(told[:3], [1, 2, 3])
        self.assertLess(len(told), 1500)


class LaunchTests(unittest.TestCase):
    """A script is run as Python runs it. These start real processes."""

    def check(self, text, arguments=(), module=False, prelude=""):
        folder = tempfile.mkdtemp()
        with open(os.path.join(folder, "script.py"), "w") as file:
            file.write(prelude + textwrap.dedent(text))
        line = ["-m", "script", *arguments] if module else ["script.py", *arguments]
        expected = alone(line, folder)
        for settings in ({}, {"breakpoints": NAN}, {"breakpoints": [breakpoint(1, node="nowhere")]}):
            host = Host(line, folder, **settings)
            result = host.end()
            self.assertEqual([message["traceback"] for message in host.of_type("trouble")], [])
            self.assertEqual(result, expected, settings)
        return host, expected

    IDENTITY = """
        import atexit, os, pickle, sys
        print(sys.argv, __name__, os.path.basename(__file__), __spec__ and __spec__.name, __package__, sorted(globals()))
        if __name__ == "__main__":
            print(sys.path[0] == os.path.dirname(os.path.realpath(__file__)), getattr(sys, "orig_argv", [])[1:])
        print(sorted(name for name in os.environ if "TAPEDECK" in name), sys.modules["__main__"].__dict__ is globals())
        class Thing:
            pass
        print(type(pickle.loads(pickle.dumps(Thing()))) is Thing, Thing.__module__)
        atexit.register(print, "at exit")
        import multiprocessing
        if __name__ == "__main__":
            process = multiprocessing.get_context("spawn").Process(target=print, args=("spawned",))
            process.start()
            process.join()
            sys.exit(3)
        """

    def test_a_script_sees_what_it_sees_alone(self):
        _, expected = self.check(self.IDENTITY, ["--lr", "0.1"])
        self.assertEqual(expected[0], 3)

    def test_a_module_sees_what_it_sees_alone(self):
        self.check(self.IDENTITY, ["--lr", "0.1"], module=True)

    FAILURE = """
        import logging
        import warnings
        import torch
        from torch import nn
        model = nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(5, 1))
        optimizer = torch.optim.SGD(model.parameters(), 0.1)
        first = model[0]
        nn.functional.mse_loss(first(torch.ones(3, 8)), torch.ones(3, 1)).backward()
        optimizer.step()
        nn.functional.softmax(first(torch.ones(3, 8)))
        nn.functional.mse_loss(first(torch.ones(3, 8)), torch.ones(3, 1)).backward()
        optimizer.step()
        try:
            model(torch.ones(3, 8))
        except RuntimeError:
            logging.exception("caught")
        model(torch.ones(3, 8))
        """

    def test_tracebacks_and_warnings_do_not_show_the_probe(self):
        host, expected = self.check(self.FAILURE)
        self.assertEqual(expected[0], 1)
        self.assertIn(b"UserWarning", expected[2])
        message = host.of_type("exception")[0]
        self.assertEqual(message["class"], "RuntimeError")
        self.assertEqual(message["traceback"].encode(), expected[2][-len(message["traceback"].encode()) :])

    def test_the_node_of_an_error_can_be_looked_at(self):
        folder = tempfile.mkdtemp()
        with open(os.path.join(folder, "script.py"), "w") as file:
            file.write(textwrap.dedent(self.FAILURE))
        for settings in ({}, {"breakpoints": [breakpoint(1, node="nowhere")]}):
            host = Host(["script.py"], folder, holdAt=["error"], **settings)
            stop = host.stop()
            self.assertEqual(stop["status"], "halted")
            nodes = {}
            for message in host.of_type("graph"):
                nodes.update({node["id"]: node for node in message["nodes"]})
            name = host.of_type("exception")[0]["node"]
            failed = next(node for node in nodes.values() if node["name"] == name)
            self.assertEqual(stop.arrays["progress"][failed["id"]], 4)
            inputs = [host.tensor(nodes[number]["name"]) for number in failed["inputs"]]
            self.assertIn([3, 4], [tensor["shape"] for tensor in inputs])
            host.send(type="quit", onExit="continue")
            self.assertEqual(host.end()[0], 1)

    INTERRUPTED = """
        import torch
        model = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.ReLU(), torch.nn.Linear(4, 1))
        optimizer = torch.optim.SGD(model.parameters(), 0.1)
        def train(steps):
            for step in range(steps):
                loss = model(torch.ones(2, 4)).square().mean()
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        try:
            train(100)
        except KeyboardInterrupt:
            print("interrupted")
        train(3)
        print("evaluated")
        """

    def test_control_c_reaches_a_paused_script(self):
        folder = tempfile.mkdtemp()
        with open(os.path.join(folder, "script.py"), "w") as file:
            file.write(textwrap.dedent(self.INTERRUPTED))
        for phase in ("batch", "forward", "loss", "backward", "update", None):
            host = Host(["script.py"], folder, paused=True)
            host.stop()
            place = {"step": 2, "phase": phase, "node": 0}
            host.send(**({"type": "goTo", "position": place} if phase else {"type": "nextStep"}))
            at = host.stop()["position"]
            host.process.send_signal(signal.SIGINT)
            self.assertIsNotNone(host.until("status", status="running"))
            code, output, errors = host.end()
            self.assertEqual((code, output, errors), (0, b"interrupted\nevaluated\n", b""), phase)
            self.assertEqual(host.of_type("trouble"), [])
            steps = [n for m in host.of_type("scalars") for n in m.arrays["step"]]
            self.assertGreaterEqual(len(steps), at["step"] - 1 + 3, "the steps after it count")

    def test_a_script_that_wants_input_is_told_why_there_is_none(self):
        for text in ("import torch\ninput('name? ')", "import torch\nbreakpoint()\nprint(1)\n"):
            host, expected = self.check(text)
            self.assertEqual(expected[0], 1)
            self.assertIn("Nothing can be typed into a script", host.of_type("event")[0]["text"])

    def test_stacks_do_not_show_the_probe(self):
        self.check(
            """
            import logging, sys, traceback
            import torch
            class Printing(torch.nn.Module):
                def forward(self, x):
                    traceback.print_stack()
                    logging.warning("here", stack_info=True)
                    return x
            Printing()(torch.ones(1, requires_grad=True)).sum().backward()
            print("".join(traceback.format_stack()))
            """
        )

    def test_each_line_of_output_is_marked_with_its_step(self):
        text = """
            import logging, os, subprocess, sys
            import torch
            from torch.utils.data import DataLoader, TensorDataset
            print("at first")
            loader = DataLoader(TensorDataset(torch.ones(6, 2)), 2)
            model = torch.nn.Linear(2, 1)
            optimizer = torch.optim.SGD(model.parameters(), 0.1)
            step = 0
            for epoch in range(20):
                print("epoch after", step)
                for batch, in loader:
                    optimizer.zero_grad()
                    loss = model(batch).square().sum()
                    print("before the update of", step + 1)
                    loss.backward()
                    optimizer.step()
                    step += 1
                    print("after", step, file=sys.stderr if step % 2 else None)
                    sys.stdout.write("one of %d\\ntwo of %d\\n" % (step, step))
                    logging.warning("logged %d", step)
                    print("\\r%d" % step, end="", file=sys.stderr)
                    if step == 2:
                        os.write(1, b"written\\n")
                        sys.stdout.flush()
                        subprocess.run(["echo", "echoed"])
            print("\\u00e9".encode("latin-1").decode("latin-1"), sys.stdout.write(""), sys.stdout.write("x"), "end")
            sys.stdout.flush()
            copy = os.dup(1)
            file = os.open("out.txt", os.O_WRONLY | os.O_CREAT)
            os.dup2(file, 1)
            print("elsewhere", flush=True)
            os.dup2(copy, 1)
            print(repr(open("out.txt").read()))
            """
        folder = tempfile.mkdtemp()
        with open(os.path.join(folder, "script.py"), "w") as file:
            file.write(textwrap.dedent(text))
        expected = alone(["script.py"], folder)
        self.assertEqual(expected[0], 0, expected[2].decode())
        mark = re.compile(rb"\x1b]w0rd;(\d+)\x07")
        for flags in ((), ("-u",)):
            host = Host(["script.py"], folder, flags=flags, outputMark="w0rd")
            code, *streams = host.end()
            self.assertEqual(host.of_type("trouble"), [])
            self.assertEqual(code, 0)
            for stream, wanted in zip(streams, expected[1:]):
                self.assertEqual(sorted(mark.sub(b"", stream).splitlines()), sorted(wanted.splitlines()))
            marked = [line for stream in streams for line in stream.split(b"\n")]
            for line in marked:
                numbers = [int(number) for number in mark.findall(line)]
                words = mark.sub(b"", line).rsplit(b"\r", 1)[-1].split()
                if words and words[-1].isdigit():
                    self.assertEqual(numbers[-1], int(words[-1]), line)
                elif words:
                    self.assertEqual(numbers, [] if words[0] in (b"written", b"echoed") else [0] if words[0] == b"at" else [60])
            self.assertEqual(sum(b"after" in line for line in marked), 80)

    def test_other_ends(self):
        self.check("import sys\nsys.exit('a sentence')")
        self.check("raise KeyboardInterrupt")
        self.check("def f(:\n  pass")


class Page:
    """The page that ranks share with their host."""

    def __init__(self):
        self._file = tempfile.NamedTemporaryFile()
        self.path = self._file.name
        os.truncate(self.path, 8 * 10)
        self.write(2**63 - 1, -1)

    def write(self, limit, leader):
        """Says which step may begin last, and who leads."""
        os.pwrite(self._file.fileno(), struct.pack("<qq", limit, leader), 0)

    def begun(self):
        """The last step that a rank has begun."""
        return max(struct.unpack_from("<q", os.pread(self._file.fileno(), 80, 0), 8 * (2 + 4 * slot))[0] for slot in range(2))


class RanksTests(unittest.TestCase):
    """Two processes that train together over the loopback."""

    def start(self, script, page=None, extra=None, **settings):
        """A host for each of two ranks."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        hosts = []
        for rank in range(2):
            own = {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": "2", **(extra or {})}
            own.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
            gate = {"gate": {"path": page.path, "slot": rank}} if page else {}
            hosts.append(Host([script], extra=own, **gate, **settings))
        return hosts

    def check_ends(self, hosts):
        """All ranks end well; returns what they print."""
        ends = [host.end() for host in hosts]
        self.assertEqual([end[0] for end in ends], [0, 0], ends)
        self.assertEqual([host.of_type("trouble") for host in hosts], [[], []])
        return [end[1].decode() for end in ends]

    def hashes(self, hosts):
        """The hashes of all steps of each rank."""
        return [[number for message in host.of_type("scalars") for number in message.arrays["hash"]] for host in hosts]

    def test_ranks_stop_at_the_same_step_and_hashes_show_that_they_differ(self):
        hosts = self.start("ranks.py", extra={"DIFFER": "1"}, paused=True)
        for command in ("nextStep", "run"):
            stops = [host.stop() for host in hosts]
            self.assertEqual(stops[0]["position"], stops[1]["position"])
            for host in hosts:
                host.send(type=command)
        self.check_ends(hosts)
        self.assertEqual([host.of_type("hello")[0]["rank"] for host in hosts], [0, 1])
        hashes = self.hashes(hosts)
        # The second changes a parameter by hand after its second step.
        self.assertEqual(hashes[0][:2], hashes[1][:2])
        self.assertNotEqual(hashes[0][2], hashes[1][2])

    def test_who_follows_goes_where_the_leader_has_been_and_lets_it_through_collectives(self):
        page = Page()
        page.write(0, 0)
        hosts = self.start("collectives.py", page, paused=True)
        for host in hosts:
            self.assertEqual(host.stop()["position"]["visit"], 0)
        hosts[1].send(type="run")
        names = set()
        while True:
            hosts[0].send(type="nextNode")
            stop = hosts[0].stop()
            names.update(node["name"] for message in hosts[0].of_type("graph") for node in message["nodes"])
            if stop["position"]["step"] == 2 and stop["position"]["phase"] == "loss":
                break
        # One rank has operators that the other has not, and both meet in collectives.
        self.assertIn("tanh", names)
        followed = hosts[1].stop()
        self.assertLessEqual(followed["position"]["step"], 2)
        page.write(2**63 - 1, -1)
        for host in hosts:
            host.send(type="run")
        printed = self.check_ends(hosts)
        self.assertEqual([text.split()[1] for text in printed], [printed[0].split()[1]] * 2)
        hashes = self.hashes(hosts)
        self.assertEqual(hashes[0], hashes[1])
        self.assertEqual(len(hashes[0]), 3)

    def test_a_pause_holds_all_after_the_same_step_and_watches_it(self):
        page = Page()
        page.write(2, -1)
        hosts = self.start("ranks.py", page)
        stops = [host.stop() for host in hosts]
        self.assertEqual([stop["position"]["step"] for stop in stops], [2, 2])
        self.assertEqual([stop["isWatched"] for stop in stops], [True, True])
        self.assertEqual(page.begun(), 2)
        for host in hosts:
            host.send(type="hashes", step=1)
        first = [host.until("hashes").arrays["hash"] for host in hosts]
        self.assertEqual(first[0], first[1])
        self.assertEqual(len(first[0]), 2)
        # Who is held takes questions, and goes on by itself when the page says so.
        page.write(2**63 - 1, -1)
        self.check_ends(hosts)

    def test_collectives_wait_for_a_rank_that_is_paused(self):
        for settings, seconds in (({}, 20.0), ({"timeout": 604_800}, 604_800.0)):
            hosts = self.start("patience.py", **settings)
            self.assertEqual([float(text) for text in self.check_ends(hosts)], [seconds] * 2)


class LauncherTests(unittest.TestCase):
    """The scripts of a launcher, which start the probe by themselves."""

    def run_script(self, folder, launched, *arguments, **extra):
        """A script with the probe's folder on its path: what it prints."""
        own = {"PYTHONPATH": os.pathsep.join([os.path.join(os.path.dirname(START), "site"), *launched]), **extra}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=folder, env={**environment(), **own}, capture_output=True, timeout=120, check=True
        )
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode().split("\n")[:-1]

    def test_the_users_own_sitecustomize_runs_and_the_script_sees_its_own_environment(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "sitecustomize.py"), "w") as file:
                file.write("import builtins\nbuiltins.greeting = 'hello'\n")
            with open(os.path.join(folder, "train.py"), "w") as file:
                file.write("import os, sys\nprint(greeting)\nprint(os.environ.get('PYTHONPATH'))\n")
                file.write("print(any('Probe' in path for path in sys.path), 'TAPEDECK_PROBE_SOCKET' in os.environ)\n")
            told = {"RANK": "0", "TAPEDECK_PROBE_SOCKET": os.path.join(folder, "nobody")}
            self.assertEqual(self.run_script(folder, [folder], "train.py", **told), ["hello", folder, "False False"])

    def test_only_scripts_join(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "socket")
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(path)
                listener.listen()
                listener.settimeout(0)
                for name in ("train.py", "tool.py"):
                    with open(os.path.join(folder, name), "w") as file:
                        file.write("import sys\nprint(len(sys.argv))\n")
                ranked = {"RANK": "1", "TAPEDECK_PROBE_SOCKET": path}
                # Workers of multiprocessing and commands are none.
                self.run_script(folder, [], "-c", "pass", **ranked)
                self.run_script(folder, [], "-c", "pass", "--multiprocessing-fork", **ranked)
                with self.assertRaises(BlockingIOError):
                    listener.accept()
                listener.settimeout(60)
                answer = threading.Thread(target=self.greet, args=(listener,))
                answer.start()
                self.assertEqual(self.run_script(folder, [], "train.py", "x", **ranked), ["2"])
                answer.join()
        self.assertEqual((self.hello["rank"], self.hello["arguments"]), (1, ["train.py", "x"]))

    def greet(self, listener):
        """Takes one script's first message, and lets it run alone."""
        joined, _ = listener.accept()
        with joined:
            length, _ = struct.unpack("<IQ", joined.recv(12, socket.MSG_WAITALL))
            self.hello = json.loads(joined.recv(length, socket.MSG_WAITALL))


if __name__ == "__main__":
    unittest.main(verbosity=2 if "-v" in sys.argv else 1)
