import Testing
import Trace
import Training

/// A step that PyTorch ran:
///
///     x = torch.tensor([[0.5, -1.0], [2.0, 0.25]])
///     w = torch.tensor([[0.5, 1.0], [-0.75, 0.5], [0.25, -0.5]], requires_grad=True)
///     b = torch.tensor([0.1, -0.2, 0.3], requires_grad=True)
///     a = F.relu(F.linear(x, w, b))
///     loss = F.cross_entropy(a, torch.tensor([2, 0]))
///     loss.backward()
private struct ScriptStep {
  var graph: ComputationGraph
  var states: [NodeState]
  var calls: [Int: OperatorCall]
  var numbers: [StepTensor: KnownCells]
  /// What was asked for.
  var asked: [WantedCells] = []

  init() {
    graph = ComputationGraph(nodes: [
      .init(id: 0, name: "images", operation: "images", kind: .input, shape: [2, 2]),
      .init(id: 1, name: "fc.weight", operation: "weight", kind: .parameter, group: "fc", shape: [3, 2]),
      .init(id: 2, name: "fc.bias", operation: "bias", kind: .parameter, group: "fc", shape: [3]),
      .init(
        id: 3, name: "fc.linear", operation: "linear", kind: .operation, group: "fc", shape: [2, 3],
        inputs: [0, 1, 2]),
      .init(
        id: 4, name: "fc.relu", operation: "relu", kind: .operation, group: "fc", shape: [2, 3], inputs: [3]),
      .init(id: 5, name: "labels", operation: "labels", kind: .input, shape: [2]),
      .init(
        id: 6, name: "cross_entropy", operation: "cross_entropy", kind: .operation, shape: [],
        inputs: [4, 5],
        phase: .loss),
    ])
    states = [.forward, .backward, .backward, .backward, .backward, .forward, .backward].map {
      NodeState(progress: $0)
    }
    let x = OperatorCall.Tensor(node: 0, shape: [2, 2], dtype: "float32")
    let w = OperatorCall.Tensor(node: 1, shape: [3, 2], dtype: "float32")
    let b = OperatorCall.Tensor(node: 2, shape: [3], dtype: "float32")
    let z = OperatorCall.Tensor(node: 3, shape: [2, 3], dtype: "float32")
    let a = OperatorCall.Tensor(node: 4, shape: [2, 3], dtype: "float32")
    let y = OperatorCall.Tensor(node: 5, shape: [2], dtype: "int64")
    calls = [
      3: OperatorCall(
        node: 3, "linear", [x, w, b].map { .init(nil, .tensor($0)) }, results: [z]),
      4: OperatorCall(
        node: 4, "relu", [.init("input", .tensor(z)), .init("inplace", .flag(false))], results: [a]),
      6: OperatorCall(
        node: 6, "cross_entropy",
        [
          .init("input", .tensor(a)), .init("target", .tensor(y)), .init("weight", .none),
          .init("reduction", .text("mean")), .init("ignore_index", .whole(-100)),
        ], results: [.init(node: 6, shape: [], dtype: "float32")]),
    ]
    numbers = [
      StepTensor(0, .value): .init(shape: [2, 2], dtype: "float32", values: [0.5, -1, 2, 0.25]),
      StepTensor(1, .value): .init(
        shape: [3, 2], dtype: "float32", values: [0.5, 1, -0.75, 0.5, 0.25, -0.5]),
      StepTensor(2, .value): .init(shape: [3], dtype: "float32", values: [0.1, -0.2, 0.3]),
      StepTensor(3, .value): .init(
        shape: [2, 3], dtype: "float32", values: [-0.65, -1.0750000, 0.925, 1.35, -1.575, 0.675]),
      StepTensor(4, .value): .init(shape: [2, 3], dtype: "float32", values: [0, 0, 0.925, 1.35, 0, 0.675]),
      StepTensor(5, .value): .init(shape: [2], dtype: "int64", values: [2, 0]),
      StepTensor(6, .value): .init(shape: [], dtype: "float32", values: [0.57699925]),
      StepTensor(3, .gradient): .init(
        shape: [2, 3], dtype: "float32", values: [0, 0, -0.22114754, -0.21725798, 0, 0.1439599]),
      StepTensor(4, .gradient): .init(
        shape: [2, 3], dtype: "float32",
        values: [0.11057377, 0.11057377, -0.22114754, -0.21725798, 0.07329811, 0.1439599]),
      StepTensor(6, .gradient): .init(shape: [], dtype: "float32", values: [1]),
      StepTensor(1, .gradient): .init(
        shape: [3, 2], dtype: "float32", values: [-0.43451595, -0.0543144941, 0, 0, 0.17734602, 0.25713751]),
    ]
  }

  /// What is said of a node's tensor, with what is asked for given.
  mutating func explain(
    _ node: Int, _ view: TensorView, in phase: Phase, cell: Int? = nil, allTerms: Bool = false,
    knowing known: [Int]? = nil
  ) throws -> (explanation: Explanation, cell: Int?) {
    var focus = Focus(
      followed: cell.map { [FollowedCell(node: graph.nodes[node].name, cell: $0)] } ?? [])
    focus.wantsAllTerms = allTerms
    var question = ExplanationQuestion(
      graph, states, at: Position(step: 1, phase: phase, node: 0), node: node, view, focus)
    question.known[StepTensor(node, view)] =
      known.map { part(WantedCells(StepTensor(node, view), cells: $0)) } ?? numbers[StepTensor(node, view)]
    for _ in 0..<4 {
      switch ScriptExplainer().answer(question) {
      case .explained(let explanation, let cell): return (explanation, cell)
      case .needs(let wantedCalls, let wanted):
        for node in wantedCalls { question.calls[node] = .some(calls[node]) }
        for one in wanted {
          asked.append(one)
          question.known[one.tensor] = part(one)
        }
      }
    }
    throw Unanswered()
  }

  private struct Unanswered: Error {}

  private func part(_ wanted: WantedCells) -> KnownCells? {
    guard var known = numbers[wanted.tensor] else {
      return KnownCells(shape: [], dtype: "float32", values: [], obstacle: "it is not there")
    }
    if let cells = wanted.cells {
      known.values = cells.map { known.values[$0] }
      known.cells = cells
    }
    return known
  }
}

struct ScriptExplainerTests {
  @Test func ofALargeTensorTheLargestCellThatIsThereOrAnotherIsWorkedOut() throws {
    var step = ScriptStep()
    let largest = try step.explain(4, .value, in: .forward, knowing: [3])
    #expect(largest.cell == 3 && largest.explanation.work.map { Float($0.result) } == 1.35)
    let other = try step.explain(4, .value, in: .forward, cell: 2, knowing: [3])
    #expect(other.cell == 2 && other.explanation.work.map { Float($0.result) } == 0.925)
  }

  @Test func aCellOfALinearLayerIsWorkedOut() throws {
    var step = ScriptStep()
    let (explanation, cell) = try step.explain(3, .value, in: .forward, cell: 4)
    #expect(cell == 4)
    #expect(explanation.pytorch == "linear(images, fc.weight, fc.bias)")
    #expect(explanation.formula == "Y = X · Wᵀ + b")
    #expect(explanation.derivative == nil)
    #expect(explanation.numpy == ["Z1 = X @ W1 + b1"])
    let line = try #require(explanation.work?.lines.last)
    #expect(line.name == "Z1[1,1]")
    #expect(line.symbols == "X[1,0]·W1[0,1] + X[1,1]·W1[1,1] + b1[1]")
    #expect(line.numbers == "2·(−0.75) + 0.25·0.5 + (−0.2)")
    #expect(explanation.work?.agrees == true)
    #expect(step.asked.first { $0.tensor.node == 0 }?.cells == [2, 3])
    #expect(step.asked.first { $0.tensor.node == 1 }?.cells == [2, 3])
    #expect(step.asked.first { $0.tensor.node == 2 }?.cells == [1])
  }

  @Test func inBackwardTheGradientIsWorkedOut() throws {
    var step = ScriptStep()
    let (explanation, _) = try step.explain(1, .gradient, in: .backward, cell: 1)
    let line = try #require(explanation.work?.lines.last)
    #expect(line.name == "dW1[1,0]")
    #expect(line.symbols == "X[0,1]·dZ1[0,0] + X[1,1]·dZ1[1,0]")
    #expect(explanation.work?.agrees == true)
    let relu = try step.explain(4, .gradient, in: .backward).explanation
    #expect(relu.derivative == "∂x = g where x > 0, else 0")
    #expect(relu.pytorch == "relu(fc.linear)")
  }

  @Test func theLossIsWorkedOutFromItsLabels() throws {
    var step = ScriptStep()
    let explanation = try step.explain(6, .value, in: .loss).explanation
    #expect(explanation.pytorch == "cross_entropy(fc.relu, labels, reduction='mean')")
    #expect(explanation.work?.agrees == true)
    #expect(explanation.work?.termCount == 2)
    #expect(step.asked.contains(WantedCells(StepTensor(5, .value))))
  }

  @Test func theLargestCellIsChosenWhereNoneIsFollowed() throws {
    var step = ScriptStep()
    #expect(try step.explain(3, .value, in: .forward).cell == 3)
  }

  @Test func whatTheEngineDoesNotHaveIsSaid() throws {
    var step = ScriptStep()
    step.calls[4]?.operation = "celu"
    step.graph.nodes[4].operation = "celu"
    let explanation = try step.explain(4, .value, in: .forward).explanation
    #expect(explanation.work == nil)
    #expect(explanation.formula == nil)
    #expect(explanation.notes == ["celu is not among the operators whose cells Tapedeck works out."])
    let before = try step.explain(3, .gradient, in: .backward).explanation
    #expect(before.work == nil)
    #expect(
      before.notes.contains(
        "Gradient also comes from fc.relu. celu is not among the operators whose cells Tapedeck works out."))
  }

  @Test func anOptionThatTheRuleDoesNotHaveIsSaid() throws {
    var step = ScriptStep()
    step.calls[6]?.arguments.append(.init("size_average", .flag(true)))
    let explanation = try step.explain(6, .value, in: .loss).explanation
    #expect(explanation.work == nil)
    #expect(explanation.notes.contains("Tapedeck's cross_entropy does not have this size_average."))
  }

  @Test func aGradientThatWasThereBeforeIsNoSum() throws {
    var step = ScriptStep()
    step.numbers[StepTensor(1, .gradient)]?.values = [9, 9, 9, 9, 9, 9]
    let explanation = try step.explain(1, .gradient, in: .backward, cell: 0).explanation
    #expect(explanation.work == nil)
    #expect(explanation.notes.contains { $0.hasPrefix("What these operators pass on is ") })
  }

  @Test func allTermsHaveTheirTensorsDrawn() throws {
    var step = ScriptStep()
    let explanation = try step.explain(3, .value, in: .forward, cell: 4, allTerms: true).explanation
    let matrices = try #require(explanation.work?.matrices)
    #expect(matrices.map(\.name) == ["X", "W1"])
    #expect(matrices.last?.values == [0.5, -0.75, 0.25, 1, 0.5, -0.5])
    let few = try step.explain(3, .value, in: .forward, cell: 4).explanation
    #expect(few.work?.matrices == [])
  }
}
