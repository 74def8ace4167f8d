import Foundation
import TestSupport
import Testing

/// `tapedeck torch` without a screen, with real scripts; those that need torch run where `/usr/bin/python3` has it.
struct TorchTests {
  private static let python = URL(filePath: "/usr/bin/python3")
  private static let hasTorch =
    (try? BuiltProgram.run(
      python, ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"]))?
    .code
    == 0
  private static let scripts = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../PyTorchTests/Scripts")
  private static let environment = [
    "XDG_CACHE_HOME": FileManager.default.temporaryDirectory.appending(path: "tapedeck-tests").path,
    "OMP_NUM_THREADS": "1",
  ]

  private func tapedeck(_ arguments: String...) throws -> BuiltProgram.Outcome {
    try BuiltProgram.run(["torch"] + arguments, environment: Self.environment)
  }

  @Test(.enabled(if: hasTorch)) func aScriptPrintsWhatItPrintsAlone() throws {
    let script = Self.scripts.appending(path: "network.py").path
    let alone = try BuiltProgram.run(Self.python, [script], environment: Self.environment)
    let watched = try tapedeck("--headless", script)
    #expect(watched.output == alone.output)
    #expect(watched.errors == alone.errors)
    #expect(watched.code == alone.code)
  }

  @Test(.enabled(if: hasTorch)) func aBreakpointEndsItWithCode3() throws {
    let outcome = try tapedeck(
      "--headless", "--break", "loss > 0", Self.scripts.appending(path: "network.py").path)
    #expect(outcome.code == 3)
    #expect(outcome.errors.contains("breakpoint 1, loss > 0"))
  }

  @Test(.enabled(if: hasTorch)) func aFindingEndsItWithCode3() throws {
    let outcome = try tapedeck(
      "--headless", "--break", "diagnosis", Self.faulty("softmax_before_cross_entropy"))
    #expect(outcome.code == 3, "\(outcome.errors)")
    #expect(outcome.errors.contains(": breakpoint 1, diagnosis: softmax-twice"), "\(outcome.errors)")
  }

  @Test(.enabled(if: hasTorch)) func diagnoseSaysHowMuchOfAScriptItHasLookedAt() throws {
    let outcome = try BuiltProgram.run(
      [
        "diagnose", "--python", Self.python.path, "torch", Self.faulty("trained_in_evaluation_mode"), "sound",
      ],
      environment: Self.environment)
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output == "Nothing was found in 36 steps (6 epochs).\n")
  }

  /// A script that is made to have a fault.
  private static func faulty(_ name: String) -> String {
    scripts.deletingLastPathComponent().appending(path: "Faulty/\(name).py").path
  }

  @Test(.enabled(if: hasTorch)) func whatIsRecordedIsIntact() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).tapedeck").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    let outcome = try tapedeck(
      "--headless", "--record", file, Self.scripts.appending(path: "network.py").path)
    #expect(outcome.code == 0)
    let info = try BuiltProgram.run(["info", file])
    #expect(info.code == 0)
    #expect(info.output.contains("a script: tapedeck torch network.py"))
    #expect(info.lines.contains { $0.hasPrefix("steps") && $0.contains("1 to 2") })
    #expect(info.lines.contains { $0.hasPrefix("whole") && $0.contains("all values and gradients") })
    let check = try BuiltProgram.run(["replay", file, "--headless"])
    #expect(check.code == 1)
    #expect(
      check.lines == [
        "A script's steps cannot be computed again, so nothing was compared with the recording."
      ])
  }

  @Test(.enabled(if: hasTorch)) func aReaderThatLeavesIsTheScriptsConcern() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).tapedeck").path
    let script = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).py").path
    defer { for path in [file, script] { try? FileManager.default.removeItem(atPath: path) } }
    // It prints until nobody reads, and then takes another step.
    let text = """
      import os, torch
      weight = torch.ones(2, requires_grad=True)
      optimizer = torch.optim.SGD([weight], 0.1)
      def step():
          weight.sum().backward()
          optimizer.step()
      try:
          while True:
              step()
              print("line", flush=True)
      except BrokenPipeError:
          os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
          step()
          raise SystemExit(7)
      """
    try Data(text.utf8).write(to: URL(filePath: script))
    let outcome = try BuiltProgram.run(
      URL(filePath: "/bin/bash"),
      [
        "-c", #""$0" torch --headless --record "$1" "$2" | head -n 2; echo "${PIPESTATUS[0]}""#,
        BuiltProgram.url.path, file, script,
      ], environment: Self.environment)
    #expect(outcome.lines == ["line", "line", "7"])
    #expect(try BuiltProgram.run(["info", file]).lines.contains { $0.hasPrefix("steps") })
  }

  @Test(.enabled(if: hasTorch)) func aRecordedStepHasTheScriptsNumbers() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).tapedeck").path
    let array = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).npy").path
    defer { for path in [file, array] { try? FileManager.default.removeItem(atPath: path) } }
    let outcome = try tapedeck("--headless", "--record", file, Self.scripts.appending(path: "plain.py").path)
    // The script prints the loss of each step; without modules, its first step is not seen from the beginning.
    let losses = outcome.lines.compactMap(Double.init)
    let loss = try #require(losses.dropFirst().first)
    let export = try BuiltProgram.run([
      "export", file, "--format", "npy", "--node", "mean", "--phase", "forward", "--step", "2", "--output",
      array,
    ])
    #expect(export.code == 0 && export.errors == "")
    let bytes = try Data(contentsOf: URL(filePath: array)).suffix(4)
    let value = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    #expect(Float(bitPattern: value) == Float(loss))
  }

  @Test(arguments: ["en", "es"]) func theExamplesOfTheHelpStandOnLinesOfTheirOwn(_ language: String) throws {
    let help = try BuiltProgram.run(["torch", "--lang", language, "--help"])
    let place = try #require(help.lines.firstIndex { $0.contains("tapedeck torch --headless --record") })
    #expect(help.lines[place + 1].hasPrefix("      ") && help.lines[place + 1].hasSuffix("watch r.tapedeck"))
    #expect(help.lines[place + 2] == "  tapedeck torch --nproc-per-node 2 train.py")
  }

  private func verify(_ script: String) throws -> BuiltProgram.Outcome {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).py")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(script.utf8).write(to: file)
    return try tapedeck("--python", Self.python.path, "--verify", file.path)
  }

  private static func training(_ model: String, _ data: String, loss: String) -> String {
    """
    import torch, torch.nn as nn, torch.nn.functional as F
    torch.manual_seed(0)
    model = \(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    x, y = \(data)
    for step in range(3):
        optimizer.zero_grad()
        loss = \(loss)
        loss.backward()
        optimizer.step()
    print("trained")
    """
  }

  @Test(.enabled(if: hasTorch)) func aNetworkThatTheEngineHasAgreesWithPyTorch() throws {
    let outcome = try verify(
      Self.training(
        "nn.Sequential(nn.Linear(6, 8), nn.LayerNorm(8), nn.GELU(), nn.Dropout(0.3), nn.Linear(8, 3))",
        "torch.randn(16, 6), torch.randint(0, 3, (16,))",
        loss: "F.cross_entropy(model(x), y, label_smoothing=0.1)"))
    #expect(outcome.code == 0)
    #expect(
      outcome.lines.dropFirst().first?.hasPrefix("forward: 6 of 6 nodes agree, largest difference ") == true)
    #expect(
      outcome.lines.last { !$0.isEmpty }?.hasPrefix("backward: gradients of 6 of 6 parameters agree") == true)
  }

  @Test(.enabled(if: hasTorch)) func aTransformerByHandAgreesWithPyTorch() throws {
    let outcome = try tapedeck("--verify", Self.scripts.appending(path: "transformer.py").path)
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("forward: 62 of 62 nodes agree, "))
    #expect(outcome.output.contains("backward: gradients of 28 of 28 parameters agree, "))
  }

  @Test(.enabled(if: hasTorch)) func whatTheEngineDoesNotHaveIsNamed() throws {
    let outcome = try verify(
      Self.training(
        "nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(18, 3))",
        "torch.randn(4, 1, 8, 8), torch.randint(0, 3, (4,))", loss: "nn.CrossEntropyLoss()(model(x), y)"))
    #expect(outcome.code == 2)
    #expect(outcome.output.contains("forward: 4 of 6 nodes agree"))
    #expect(outcome.output.contains("not compared: the engine does not have conv2d, 1 node\n"))
    #expect(outcome.output.contains("not compared: the engine does not have max_pool2d, 1 node\n"))
    #expect(outcome.output.contains("gradients of 2 of 4 parameters agree"))
  }

  @Test(.enabled(if: hasTorch)) func aGradientThatDiffersIsNamed() throws {
    // A hook doubles what PyTorch passes on.
    let outcome = try verify(
      Self.training(
        "nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 1))",
        "torch.randn(16, 6), torch.randn(16, 1)", loss: "F.mse_loss(model(x), y)"
      ).replacingOccurrences(
        of: "for step", with: "model[0].weight.register_hook(lambda g: 2 * g)\nfor step"))
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("the gradient of 0.weight is the first that differs, by 0.500: cell "))
  }

  @Test(.enabled(if: hasTorch)) func aScriptWithoutAStepHasNothingToCompare() throws {
    let outcome = try verify("import torch\nprint(torch.ones(2).sum())")
    #expect(outcome.code == 2)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("there is nothing to compare."))
  }

  @Test(.enabled(if: hasTorch), arguments: ["--json", "--sarif"])
  func whatWasFoundInAScriptThatFailsIsADocument(format: String) throws {
    let script = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).py")
    defer { try? FileManager.default.removeItem(at: script) }
    try Data("import torch\nraise ValueError('no data')\n".utf8).write(to: script)
    let outcome = try BuiltProgram.run(
      ["diagnose", format, "--python", Self.python.path, "torch", script.path], environment: Self.environment)
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("tapedeck: ValueError: no data"))
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(document?[format == "--json" ? "findings" : "runs"] != nil)
  }

  @Test func theScriptsArgumentsAreItsOwn() throws {
    let script = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).py")
    defer { try? FileManager.default.removeItem(at: script) }
    try Data("import sys; print(sys.argv[1:], __name__); sys.exit(4)".utf8).write(to: script)
    let outcome = try tapedeck(
      "--python", Self.python.path, "--headless", script.path, "--headless", "--lang", "xx")
    #expect(outcome.output == "['--headless', '--lang', 'xx'] __main__\n")
    #expect(outcome.errors == "")
    #expect(outcome.code == 4)
  }

  @Test func anInterpreterThatIsNotThereIsSaid() throws {
    let chosen = try tapedeck("--python", "/nonexistent", "--headless", "x.py")
    #expect(chosen.code == 1)
    #expect(chosen.errors == "tapedeck: /nonexistent cannot be started: No such file or directory.\n")
    let asked = try BuiltProgram.run(
      ["torch", "--headless", "x.py"],
      environment: Self.environment.merging(["VIRTUAL_ENV": "/nowhere"]) { $1 })
    #expect(asked.code == 64)
    #expect(asked.errors.contains("asked were /nowhere/bin/python."))
  }

  @Test func withoutAScriptItSaysSo() throws {
    let outcome = try tapedeck()
    #expect(outcome.code == 64)
    #expect(
      outcome.errors == "tapedeck: torch expects a script, or -m and a module. See 'tapedeck torch --help'.\n"
    )
  }
}
