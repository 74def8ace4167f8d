import Autograd
import Localization
import Trace

/// The numbers that the arithmetic of a cell takes.
struct CellNeeds {
  /// Why a cell is not worked out, as a sentence.
  struct Obstacle: Error { let sentence: String }

  private let script: ScriptReading
  private let question: ExplanationQuestion
  private var wanted: [StepTensor: Set<Int>?] = [:]
  private var sizes: [StepTensor: Int] = [:]

  /// More cells of a tensor than these are had as a whole.
  private static let mostCells = 4_096
  /// Tensors up to this size are had whole where they are drawn beside the terms.
  private static let largestPicture = 1 << 18

  /// What the cell of a node takes in a view.
  ///
  /// - Throws: ``Obstacle`` where no rule says how it is computed.
  init(_ script: ScriptReading, _ question: ExplanationQuestion, cell: Int) throws {
    self.script = script
    self.question = question
    switch question.view {
    case .value:
      guard script.node.kind == .operation else { throw Obstacle(sentence: "") }
      guard let step = script.steps[script.node.id] else { throw obstacle(of: script.node) }
      try add(step, of: script.node.id) { $0.operation.info.cells?.value($0, cell) }
      if step.operation is DrawnDropout { want(StepTensor(script.node.id, .value), cell) }
    case .gradient: try addGradient(cell)
    case .update: throw Obstacle(sentence: "")
    }
    let shown = StepTensor(script.node.id, question.view)
    if question.known[shown]?.cells != nil { want(shown, cell) }
  }

  /// What is not known yet.
  ///
  /// - Throws: ``Obstacle`` where the probe has said that it cannot be had.
  func missing() throws -> [WantedCells] {
    try wanted.sorted { ($0.key.node, $0.key.output) < ($1.key.node, $1.key.output) }.compactMap {
      place, cells in
      let known = question.known[place]
      if let reason = known?.obstacle {
        throw Obstacle(sentence: localized("The cell cannot be worked out: \(reason)."))
      }
      let size = sizes[place] ?? 0
      let isWhole = cells.map { $0.count > CellNeeds.mostCells || $0.count == size } ?? true
      guard !isWhole else {
        guard size <= StepTensors.mostElements else { throw Obstacle(sentence: CellNeeds.tooMany) }
        return known != nil && known?.cells == nil ? nil : WantedCells(place)
      }
      guard let cells else { return nil }
      if let known {
        guard let there = known.cells, !cells.isSubset(of: there) else { return nil }
        return WantedCells(place, cells: cells.union(there).sorted())
      }
      return WantedCells(place, cells: cells.sorted())
    }
  }

  private static var tooMany: String { localized("The cell is computed from too many numbers to be shown.") }

  // MARK: Operators

  private mutating func addGradient(_ cell: Int) throws {
    let own = StepTensor(script.node.id, .value)
    for user in script.users where script.hasGradient(user) {
      guard let call = question.calls[user] ?? nil else { throw obstacle(of: question.graph.nodes[user]) }
      guard call.tensors.contains(where: { $0.node == own.node && $0.output == 0 }) else { continue }
      guard let step = script.steps[user] else { throw obstacle(of: question.graph.nodes[user]) }
      for (index, input) in step.inputs.enumerated() where place(input) == own {
        try add(step, of: user) { $0.operation.info.cells?.gradient($0, index, cell) }
        if step.operation is DrawnDropout {
          want(StepTensor(user, .value), cell)
          want(own, cell)
        }
      }
    }
  }

  private mutating func add(
    _ step: ForwardStep, of id: Int, _ operands: (CellCall) -> CellOperands?
  ) throws {
    guard let output = script.tensors.made(StepTensor(id, .value)) else { return }
    sizes[StepTensor(id, .gradient)] = output.elementCount
    sizes[StepTensor(id, .value)] = output.elementCount
    var lacksIndices = false
    for input in step.inputs {
      guard let place = place(input) else { continue }
      sizes[place] = input.elementCount
      guard !input.dtype.isFloatingPoint else { continue }
      // What labels and indices say decides which cells are read.
      wanted[place] = .some(nil)
      lacksIndices = lacksIndices || question.known[place] == nil
    }
    guard !lacksIndices else { return }
    let call = CellCall(step.operation, inputs: step.inputs, output: output.shape)
    guard step.inputs.allSatisfy({ $0.elementCount <= StepTensors.mostElements }) else {
      throw Obstacle(sentence: CellNeeds.tooMany)
    }
    guard let cells = operands(call) else {
      throw Obstacle(
        sentence: localized("Tapedeck has no rule for the cells of \(question.graph.nodes[id].operation)."))
    }
    for read in cells.terms.flatMap(\.places) {
      switch read.source {
      case .upstream: want(StepTensor(id, .gradient), read.cell)
      case .input(let index): if let place = place(step.inputs[index]) { want(place, read.cell) }
      }
    }
  }

  private func place(_ tensor: Tensor) -> StepTensor? { script.tensors.places[ObjectIdentifier(tensor)] }

  private mutating func want(_ place: StepTensor, _ cell: Int) {
    if question.focus.wantsAllTerms, (sizes[place] ?? .max) <= CellNeeds.largestPicture {
      wanted[place] = .some(nil)
      return
    }
    guard let cells = wanted[place] else {
      wanted[place] = [cell]
      return
    }
    if var cells {
      // One set at a time: it is not copied for each cell.
      wanted[place] = .some(nil)
      cells.insert(cell)
      wanted[place] = cells
    }
  }

  // MARK: Sentences

  /// Why a node's arithmetic is not known.
  private func obstacle(of node: ComputationGraph.Node) -> Obstacle {
    Obstacle(sentence: CellNeeds.sentence(script.obstacles[node.id] ?? .notSeen, node, shown: script.node))
  }

  /// Why the engine has no operator for a node, in a sentence.
  static func sentence(
    _ obstacle: EngineCall.Obstacle, _ node: ComputationGraph.Node, shown: ComputationGraph.Node
  ) -> String {
    let reason =
      switch obstacle {
      case .unknown:
        localized("\(node.operation) is not among the operators whose cells Tapedeck works out.")
      case .notSeen: localized("What \(node.operation) was called with is not known.")
      case .option(let option): localized("Tapedeck's \(node.operation) does not have this \(option).")
      case .severalOperators:
        localized("\(node.operation) takes several of Tapedeck's operators here, so no cell is worked out.")
      }
    guard node.id != shown.id else { return reason }
    return localized("Gradient also comes from \(node.name).") + " " + reason
  }
}
