"""Tests of the probe: ``python3 Tests/PyTorchTests/probe_tests.py``, with any interpreter that has torch."""

import ast
import os
import signal
import sys
import tempfile
import textwrap
import unittest

from host import SCRIPTS, Host, Nursery, alone

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


class ScriptTests(ProbeTestCase):
    """Each kind of script does the same with the probe, and every value shown is the script's own."""

    def check(self, name, step=1):
        alone_result = self.nursery.alone([name + ".py"])
        self.assertEqual(alone_result[0], 0, alone_result[2].decode())
        for settings in ({}, {"breakpoints": NAN}):
            host = self.host(name, **settings)
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
        kept = {(m["node"], m["view"]): m.arrays["values"] for m in host.of_type("kept") if m["output"] == 0}
        wanted = shown(alone_result[1])
        for key, numbers in wanted.items():
            self.assertIn(key, sorted(kept))
            self.assertEqual([float(one) for one in kept[key]], numbers, key)
        visits = [m for m in host.of_type("visits") if m["step"] == step]
        self.assertEqual([m["from"] for m in visits], sorted({m["from"] for m in visits}), "visits are told once")
        return host

    def test_accumulation(self):
        host = self.check("accumulation")
        scalars = host.of_type("scalars")
        self.assertEqual([n for m in scalars for n in m.arrays["backwards"]], [4, 4])

    def test_network(self):
        host = self.check("network")
        nodes = {node["name"]: node for m in host.of_type("graph") for node in m["nodes"]}
        self.assertEqual(nodes["conv.conv2d"]["group"], "conv")
        self.assertTrue(nodes["conv.conv2d"]["location"].endswith("network.py:21"), nodes["conv.conv2d"]["location"])
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
        self.check("compiled")


if __name__ == "__main__":
    unittest.main(verbosity=2 if "-v" in sys.argv else 1)
