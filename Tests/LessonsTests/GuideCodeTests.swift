import Lessons
import Testing
import Trace

/// The lines of both programs, and which of them run when.
struct GuideCodeTests {
  static let shapes = [[64, 128, 10], [64, 32, 16, 10]]

  private func description(_ sizes: [Int], _ optimizer: String = "SGD lr 0.1") -> RunDescription {
    RunDescription(
      data: "digits", network: sizes.map(String.init).joined(separator: "→"), optimizer: optimizer,
      batchSize: 64, seed: 42, epochs: 20, stepsPerEpoch: 24,
      parameterNames: (1..<sizes.count).flatMap { ["fc\($0).weight", "fc\($0).bias"] })
  }

  private func code(
    _ sizes: [Int], _ optimizer: String = "SGD lr 0.1", activation: String = "relu",
    loss: String = "cross_entropy", bias: Bool = true
  ) -> (GuideCode, ComputationGraph) {
    let description = description(sizes, optimizer)
    var graph = description.presumedGraph ?? ComputationGraph()
    for place in graph.nodes.indices {
      if graph.nodes[place].operation == "relu" { graph.nodes[place].operation = activation }
      if graph.nodes[place].operation == "cross_entropy" { graph.nodes[place].operation = loss }
      if !bias, graph.nodes[place].operation == "linear" { graph.nodes[place].inputs.removeLast() }
    }
    return (GuideCode(graph, description), graph)
  }

  private func text(_ code: GuideCode, _ side: GuideCode.Side, _ phase: Phase, _ node: String?) -> String? {
    code.lit(side, in: phase, node: node).line.map { code.lines(side)[$0].text.drop { $0 == " " } }.map(
      String.init)
  }

  @Test(arguments: shapes, ["relu", "tanh", "sigmoid", "gelu", "silu", "dropout"])
  func everyNodeHasOneLineOnBothSides(sizes: [Int], activation: String) {
    let (code, graph) = code(sizes, activation: activation)
    let operations = graph.nodes.filter { $0.kind == .operation }
    let parameters = graph.nodes.filter { $0.kind == .parameter }
    let moments: [(Phase, String)] =
      operations.map { ($0.phase, $0.name) } + operations.map { (.backward, $0.name) }
      + parameters.map { (.update, $0.name) }
    for side in GuideCode.Side.allCases {
      for (phase, node) in moments {
        let running = code.lines(side).filter { line in
          line.anchors.contains {
            $0.phase == phase && $0.part == .runs && ($0.node == node || $0.node == nil)
          }
        }
        #expect(running.count == 1, "\(side) \(phase) \(node)")
        #expect(code.lit(side, in: phase, node: node).line != nil, "\(side) \(phase) \(node)")
      }
    }
  }

  @Test func theLinesAreThoseOfTheNetwork() {
    let (code, _) = code([64, 128, 10])
    #expect(text(code, .numpy, .forward, "fc1.linear") == "self.Z1 = self.X @ self.W1 + self.b1")
    #expect(text(code, .pytorch, .forward, "fc1.linear") == "x = F.relu(self.fc1(x))")
    #expect(text(code, .pytorch, .forward, "fc1.relu") == "x = F.relu(self.fc1(x))")
    #expect(text(code, .pytorch, .forward, "fc2.linear") == "return self.fc2(x)")
    #expect(
      text(code, .numpy, .loss, "cross_entropy") == "return np.mean(-np.log(self.A2[range(m), y] + 1e-8))")
    #expect(text(code, .numpy, .backward, "cross_entropy") == "dZ2 = self.A2 - onehot(y)")
    #expect(text(code, .numpy, .backward, "fc1.relu") == "dZ1 = dA1 * (self.Z1 > 0)")
    #expect(text(code, .numpy, .backward, "fc1.linear") == "dW1 = (1/m) * self.X.T @ dZ1")
    #expect(text(code, .numpy, .update, "fc2.bias") == "self.b2 -= lr * grads['b2']")
    #expect(text(code, .pytorch, .backward, "fc1.relu") == "loss.backward()")
    #expect(text(code, .pytorch, .update, "fc2.bias") == "optimizer.step()")
    #expect(text(code, .pytorch, .batch, "x") == "for X, y in loader:")
    #expect(code.numpy.contains { $0.text.contains("rng.normal(size=(64, 128)) * np.sqrt(2/64)") })
    #expect(code.pytorch.contains { $0.text == "optimizer = torch.optim.SGD(model.parameters(), lr=0.1)" })
    #expect(!(code.numpy + code.pytorch).contains { $0.text.contains("not in the guide") })
  }

  @Test func theCallIsMarkedToo() {
    let (code, _) = code([64, 128, 10])
    let lit = code.lit(.pytorch, in: .forward, node: "fc1.linear")
    #expect(lit.call.map { code.pytorch[$0].text.trimmed } == "outputs = model(X)")
    let backward = code.lit(.numpy, in: .backward, node: "fc2.linear")
    #expect(
      backward.others.map { code.numpy[$0].text.trimmed } == [
        "db2 = (1/m) * np.sum(dZ2, axis=0)", "dA1 = dZ2 @ self.W2.T",
      ])
    #expect(
      backward.call.map { code.numpy[$0].text.trimmed } == "grads = net.backward(y)  # new ones each step")
  }

  @Test func aLayerWithoutBiasHasNone() {
    let (code, _) = code([64, 128, 10], bias: false)
    #expect(text(code, .numpy, .forward, "fc1.linear") == "self.Z1 = self.X @ self.W1")
    #expect(code.pytorch.contains { $0.text.hasSuffix("self.fc1 = nn.Linear(64, 128, bias=False)") })
    #expect(!code.numpy.contains { $0.text.contains("db1") })
  }

  @Test(arguments: [
    (
      "SGD lr 0.1 momentum 0.9", "not in the guide: momentum",
      "torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)"
    ),
    ("Adam lr 0.001", "not in the guide: Adam", "torch.optim.Adam(model.parameters(), lr=0.001)"),
    ("AdamW lr 0.001", "not in the guide: AdamW", "torch.optim.AdamW(model.parameters(), lr=0.001)"),
    ("RMSprop lr 0.01", "not in the guide: RMSprop", "torch.optim.RMSprop(model.parameters(), lr=0.01)"),
    ("Lion lr 0.01", "not in the guide: Lion", "optimizer = ...  # not in the guide: Lion"),
    (
      "Adam lr 0.1, SGD lr 0.2", "not in the guide: Adam lr 0.1, SGD lr 0.2",
      "optimizer = ...  # not in the guide: Adam lr 0.1, SGD lr 0.2"
    ), ("SGD lr 0.1 clip norm 1.0 StepLR", "not in the guide: clip norm 1.0", "# not in the guide: StepLR"),
  ])
  func whatTheGuideDoesNotHaveSaysSo(optimizer: String, numpy: String, pytorch: String) {
    let (code, _) = code([64, 128, 10], optimizer)
    #expect(code.numpy.contains { $0.text.contains(numpy) })
    #expect(code.pytorch.contains { $0.text.contains(pytorch) })
  }

  @Test(arguments: [
    ("mse_loss", "nn.MSELoss()"), ("binary_cross_entropy_with_logits", "nn.BCEWithLogitsLoss()"),
    ("huber_loss", "criterion = ...  # not in the guide: huber_loss"),
  ])
  func anotherLossHasItsLine(loss: String, line: String) {
    let (code, _) = code([64, 128, 10], loss: loss)
    #expect(code.pytorch.contains { $0.text.contains(line) })
    #expect(code.numpy.contains { $0.text.contains("not in the guide") })
  }

  /// A script that calls a layer twice, and adds what it has computed before.
  private func script(_ source: SourceExcerpt? = nil) -> GuideCode {
    func leaf(_ id: Int, _ name: String, _ kind: ComputationGraph.Node.Kind) -> ComputationGraph.Node {
      .init(id: id, name: name, operation: name, kind: kind, group: nil, shape: [4, 4], inputs: [])
    }
    func call(
      _ id: Int, _ name: String, _ operation: String, _ group: String?, _ inputs: [Int], line: Int,
      _ phase: Phase = .forward
    ) -> ComputationGraph.Node {
      .init(
        id: id, name: name, operation: operation, kind: .operation, group: group, shape: [4, 4],
        inputs: inputs, phase: phase, location: "/home/ada/train.py:\(line)")
    }
    let graph = ComputationGraph(nodes: [
      leaf(0, "x", .input), leaf(1, "fc.weight", .parameter), leaf(2, "fc.bias", .parameter),
      call(3, "fc.linear", "linear", "fc", [0, 1, 2], line: 12), call(4, "tanh", "tanh", nil, [3], line: 13),
      call(5, "fc.linear_1", "linear", "fc", [4, 1, 2], line: 14),
      call(6, "add", "add", nil, [5, 4], line: 14), leaf(7, "y", .input),
      call(8, "cross_entropy", "cross_entropy", nil, [6, 7], line: 30, .loss),
    ])
    let description = RunDescription(
      data: "train.py", network: "Net  cpu", optimizer: "SGD lr 0.1", batchSize: 0, seed: 0, epochs: 0,
      stepsPerEpoch: 0)
    return GuideCode(graph, description, source: source)
  }

  @Test func besideAScriptTheHandWrittenNetworkIsTheScripts() {
    let lines = script().numpy.map(\.text.trimmed)
    for line in [
      "self.W1 = state['fc.weight'].T", "self.b1 = state['fc.bias']",
      "self.Z1 = self.X @ self.W1 + self.b1  # fc", "self.A1 = np.tanh(self.Z1)  # tanh",
      "self.H3 = self.A1 @ self.W1 + self.b1  # fc", "self.H4 = ...  # add, not in the guide: add",
      "dW1 = (1/m) * self.A1.T @ dH3", "dA1 = dH3 @ self.W1.T", "dW1 += (1/m) * self.X.T @ dZ1",
      "for epoch in range(epochs):", "for X, y in batches(batch_size):",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
  }

  @Test func aScriptsOwnLinesStandForThoseInPyTorch() {
    let code = script(
      SourceExcerpt(
        file: "train.py", firstLine: 10,
        lines: [
          "class Net:", "  def forward(self, x):", "    x = self.fc(x)", "    a = x.tanh()", "    ...",
        ],
        line: 13))
    #expect(code.title(.pytorch) == "train.py" && code.firstNumber(.pytorch) == 10)
    #expect(code.home(.pytorch) == 3 && code.home(.numpy) == nil)
    #expect(code.lit(.pytorch, in: .backward, node: "tanh").line == 3)
    #expect(code.pytorch[2].target?.node == "fc.linear" && code.pytorch[0].target == nil)
  }

  @Test func whereAScriptsFileIsNotThereItsOperatorsStandForIt() {
    let code = script()
    #expect(code.title(.pytorch) == "operators of train.py" && code.home(.pytorch) == nil)
    #expect(code.pytorch.count == 5)
    #expect(code.pytorch[0].text == "fc.linear = linear(x, fc.weight, fc.bias)  # train.py:12")
    #expect(code.lit(.pytorch, in: .loss, node: "cross_entropy").line == 4)
  }

  @Test func zeroGradThatIsOffAddsUp() {
    let (code, _) = code([64, 128, 10], "SGD lr 0.1 zero_grad off")
    #expect(code.pytorch.contains { $0.text.contains("# optimizer.zero_grad() is off") })
    #expect(code.numpy.contains { $0.text.contains("grads[n] + new[n]") })
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
