import Trace

/// The numbers of steps that have ended.
package struct ScalarsMessage: Sendable {
  struct Header: Decodable {
    let steps: Int
    let parameters: Int
    var cost: BreakpointCost?
  }

  /// One step's numbers.
  package struct Row: Sendable {
    var step: Int
    var loss: Float
    /// Whether backward was called on a loss: without one it is NaN.
    var hasLoss: Bool
    var accuracy: Float?
    var learningRate: Double
    var seconds: Double
    /// The norm of each parameter's gradient, NaN where there is none; empty where they were not measured.
    var gradientNorms: [Float]
    /// A hash of all parameters after the step; nil where one process trains alone.
    var hash: UInt64?

    init(
      step: Int, loss: Float, hasLoss: Bool = true, accuracy: Float?, learningRate: Double, seconds: Double,
      gradientNorms: [Float], hash: UInt64?
    ) {
      (self.step, self.loss, self.hasLoss, self.accuracy) = (step, loss, hasLoss, accuracy)
      (self.learningRate, self.seconds) = (learningRate, seconds)
      (self.gradientNorms, self.hash) = (gradientNorms, hash)
    }

    /// A step with the numbers by which ranks are compared.
    package init(step: Int, loss: Float, hash: UInt64, gradientNorms: [Float]) {
      self.init(
        step: step, loss: loss, accuracy: nil, learningRate: 0, seconds: 0,
        gradientNorms: gradientNorms, hash: hash)
    }
  }

  let rows: [Row]
  /// What the breakpoints cost; nil where they cost nothing.
  let cost: BreakpointCost?

  /// The rows that the arrays hold.
  ///
  /// - Throws: ``ProbeError/broken(_:)`` where an array is shorter than the header says.
  init(_ header: Header, _ arrays: ProbeArrays) throws(ProbeError) {
    cost = header.cost
    let steps = arrays.integers("step")
    guard header.steps == steps.count, header.parameters >= 0 else {
      throw .broken("scalars of another length")
    }
    let (losses, rates, seconds) =
      (arrays.doubles("loss"), arrays.doubles("learningRate"), arrays.doubles("seconds"))
    let (accuracies, measured) = (arrays.floats("accuracy"), arrays.integers("measured"))
    let norms = arrays.floats("gradientNorms")
    let (hashes, known) = (arrays.integers("hash"), arrays.integers("hasLoss"))
    guard
      [losses.count, rates.count, seconds.count, accuracies.count, measured.count]
        .allSatisfy({ $0 == steps.count }),
      case (let size, let overflows) = measured.count(where: { $0 != 0 }).multipliedReportingOverflow(
        by: header.parameters), !overflows, norms.count == size
    else { throw .broken("scalars of another length") }
    var rows: [Row] = []
    var place = 0
    for index in steps.indices {
      var own: [Float] = []
      if measured[index] != 0 {
        own = norms[place..<place + header.parameters].map { $0 < 0 ? .nan : $0 }
        place += header.parameters
      }
      rows.append(
        Row(
          step: MomentMessage.bounded(steps[index], from: 1), loss: Float(losses[index]),
          hasLoss: known.indices.contains(index) ? known[index] != 0 : !losses[index].isNaN,
          accuracy: accuracies[index] < 0 ? nil : accuracies[index], learningRate: rates[index],
          seconds: seconds[index], gradientNorms: own,
          hash: hashes.indices.contains(index) && hashes[index] != 0
            ? UInt64(truncatingIfNeeded: hashes[index]) : nil))
    }
    self.rows = rows
  }
}

/// What loss functions gave where gradients were off.
package struct EvaluationMessage: Sendable {
  struct Header: Decodable {
    var step: Int?
    var epoch: Int?
  }

  let step: Int
  let epoch: Int
  let loss: Double?
  let accuracy: Double?

  init(_ header: Header, _ arrays: ProbeArrays) {
    step = MomentMessage.bounded(header.step ?? 0, from: 0)
    epoch = MomentMessage.bounded(header.epoch ?? 0, from: 0)
    loss = arrays.doubles("loss").first
    accuracy = arrays.floats("accuracy").first.flatMap { $0 < 0 ? nil : Double($0) }
  }
}

/// A data loader came to its end.
package struct EpochMessage: Sendable {
  struct Header: Decodable {
    let epoch: Int
    var step: Int?
  }

  let epoch: Int
  let step: Int
  let loss: Double
  let seconds: Double

  init(_ header: Header, _ arrays: ProbeArrays) {
    epoch = MomentMessage.bounded(header.epoch, from: 0)
    step = MomentMessage.bounded(header.step ?? 0, from: 0)
    loss = arrays.doubles("loss").first ?? .nan
    seconds = arrays.doubles("seconds").first ?? 0
  }
}
