import Autograd
import Localization
import NN
import Numbers
import Trace

/// Whether the derivatives of a whole graph are right.
extension ModelTestRun {
  /// Runs the step's forward and backward once, and compares every operator and every parameter with finite differences.
  func checkGraph() throws -> GraphGradientCheck {
    var probe = GradientProbe(
      try tape(), at: Position(step: position.step, phase: .update, node: 0), timeline.names)
    return try probe.checkGraph(timeline.names.orderedParameters, reached: reached)
  }

  /// The tape of a step up to the end of its backward.
  private func tape() throws -> Tape {
    let recorder = TapeRecorder(timeline.state)
    let watched = ExecutionContext(
      observer: recorder, pool: nil, isGradEnabled: true, randomness: context.randomness,
      productThreads: experiment.productThreads)
    try watched.run {
      experiment.model.zeroGrad()
      experiment.optimizer.zeroGrad()
      try recorder.didLoad(batch)
      try recorder.willBegin(.forward)
      let (file, line) = (experiment.location.fileID, experiment.location.lineNumber)
      let output = try experiment.model(batch.inputs, file: file, line: line)
      try recorder.willBegin(.loss)
      let loss = try experiment.loss(output, batch.targets, file: file, line: line)
      try recorder.willBegin(.backward)
      try loss.backward(file: file, line: line)
    }
    return recorder.tape
  }
}

extension GradientProbe {
  /// Checks every operator that backward ran through, each alone, and every parameter where its gradient is largest.
  ///
  /// - Throws: ``ChangeError``, what an operator throws, or what `reached` throws to end it.
  mutating func checkGraph(
    _ parameters: [Module.NamedParameter], reached: @escaping (_ done: Int, _ total: Int) throws -> Void
  ) throws -> GraphGradientCheck {
    let total = tape.forward.count + parameters.count
    var rows: [GraphGradientCheck.Row] = []
    try noGrad {
      let run = try DoublePrecisionRerun(tape, nameOf: name)
      for (done, entry) in tape.forward.enumerated() {
        proceed = { try reached(done, total) }
        guard let (check, count) = try worst(of: entry, in: run) else { continue }
        rows.append(.init(node: check.node, input: check.input, worst: check.worst, cellCount: count))
      }
      let gradients = parameters.map { gradient(of: $0.tensor) }
      // A gradient that is 0 is in single precision what rounding leaves of sums of numbers of this size.
      let rounding = 1e-5 * (gradients.lazy.joined().map(\.magnitude).filter(\.isFinite).max() ?? 0)
      for (place, (parameter, gradient)) in zip(parameters, gradients).enumerated() {
        proceed = { try reached(total - parameters.count + place, total) }
        if let row = try row(of: parameter, gradient, rounding: rounding, in: run) { rows.append(row) }
      }
    }
    var check = GraphGradientCheck(rows: rows)
    check.conclude()
    return check
  }

  /// What backward has sent to a parameter.
  private func gradient(of parameter: Tensor) -> [Double] {
    var gradient = [Double](repeating: 0, count: parameter.elementCount)
    for piece in tape.contributions(to: parameter) {
      for (place, value) in piece.array(Double.self).enumerated() { gradient[place] += value }
    }
    return gradient
  }

  /// The row of a parameter; nil for one without cells. Two numbers that differ but are no larger than `rounding` are both
  /// what rounding has left.
  private func row(
    of parameter: Module.NamedParameter, _ gradient: [Double], rounding: Double, in run: DoublePrecisionRerun
  ) throws -> GraphGradientCheck.Row? {
    var cells = try compare(
      gradient, of: parameter.tensor, name: parameter.name, at: GradientProbe.largest(gradient), in: run,
      through: run.operators(after: parameter.tensor))
    for place in cells.indices where cells[place].judgement == .differs {
      let isSmall = max(cells[place].gradient.magnitude, cells[place].difference.magnitude) <= rounding
      if isSmall { cells[place].rounding = rounding }
    }
    return cells.max { $0.badness < $1.badness }.map {
      GraphGradientCheck.Row(node: parameter.name, input: nil, worst: $0, cellCount: cells.count)
    }
  }
}

extension GraphGradientCheck {
  /// Says what the rows show.
  mutating func conclude() {
    let wrong = rows(.differs)
    let wrongOperators = wrong.compactMap { row in
      row.input.map { OperatorCheck(node: row.node, input: $0, worst: row.worst) }
    }
    if !wrongOperators.isEmpty {
      // One wrong operator makes the gradients of all parameters before it wrong, which is no further information.
      conclusion = wrongOperators.map(GradientCheck.sentence).joined(separator: " ")
    } else if let first = wrong.first {
      conclusion = localized(
        """
        The gradient of \(first.node)\(CellIndex.text(first.worst.index)) is \
        \(NumberText.cell(first.worst.gradient)), and the finite difference is \
        \(NumberText.cell(first.worst.difference)), though each operator is right alone. A value was changed in place \
        between forward and backward, or single precision is not enough here.
        """)
    } else if let first = rows(.isNotFinite).first {
      conclusion = localized(
        """
        \(first.node)\(CellIndex.text(first.worst.index)) cannot be compared: its gradient or its finite \
        difference is not finite.
        """)
    } else {
      conclude(agreeing: rows(.agrees))
    }
  }

  private mutating func conclude(agreeing: [Row]) {
    guard let worst = agreeing.first else {
      conclusion = localized("This proves nothing: all gradients are 0, or as small as rounding errors.")
      return
    }
    let parameters = agreeing.count { $0.input == nil }
    let operators = agreeing.count - parameters
    let error = NumberText.trimmed(NumberText.brief(worst.worst.relativeError))
    conclusion = localized(
      """
      All derivatives agree with finite differences, \(operators) of operators and \(parameters) of parameters; the \
      greatest relative error is \(error), at \(worst.node).
      """)
    let silent = rows(.provesNothing).map(\.node)
    if !silent.isEmpty {
      conclusion +=
        " "
        + localized("0 against 0 proves nothing: \(silent.prefix(5).joined(separator: ", ")).")
    }
  }
}
