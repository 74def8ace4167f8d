import Autograd
import Bridge
import Localization
import NN
import Trace

/// Runs the hand-written network on a step's batch and weights, and finds in it the number of a cell.
struct ByHandReading {
  private let tape: Tape
  private let reading: TapeReading
  private let optimizer: any Optimizer

  /// A reading of a tape.
  init(_ tape: Tape, _ reading: TapeReading, optimizer: any Optimizer) {
    (self.tape, self.reading, self.optimizer) = (tape, reading, optimizer)
  }

  /// Multiplications that it makes at most: as many take well under a second.
  private static let largestWork = 200_000_000

  /// Why the hand-written network has no such number, in words for the user.
  private struct Obstacle: Error { let text: String }

  /// What the hand-written network makes of a node's cell in a view, and the loss in three ways.
  func byHand(of node: ComputationGraph.Node?, view: TensorView, cell: Int) -> ByHand {
    var result = ByHand()
    do throws(Obstacle) {
      let network = try network()
      result.loss = loss(network)
      guard let node else { throw Obstacle(text: localized("No node is chosen.")) }
      result.cell = try self.cell(of: node, view, cell, network)
    } catch {
      result.obstacle = error.text
    }
    return result
  }

  // MARK: The network

  private struct Network {
    var layers: HandWrittenLayers
    /// The node of each layer's sums, and of its results.
    var sums: [Int] = []
    var results: [Int?] = []
    var weights: [Tensor] = []
    var biases: [Tensor?] = []
    var targets: Matrix?
    /// The operator of the loss; nil before it has run.
    var loss: Tape.Forward?
    var batch = 1
  }

  private func network() throws(Obstacle) -> Network {
    guard let inputs = tape.batch?.inputs, inputs.rank >= 2 else {
      throw Obstacle(
        text: localized("The batch is not rows of numbers, as the hand-written network takes them."))
    }
    var network = Network(layers: HandWrittenLayers([], loss: .crossEntropy))
    var (layers, current, work): ([HandWrittenLayers.Layer], Tensor, Int) = ([], inputs, 0)
    network.batch = inputs.shape[0]
    for entry in tape.forward where entry.phase == .forward {
      let name = entry.operation.name
      guard entry.inputs.first === current else {
        throw Obstacle(text: localized("The hand-written network has one path; this one has several."))
      }
      current = entry.output
      let place = reading.nodeOfTensor[ObjectIdentifier(entry.output)] ?? -1
      if name == "linear", entry.inputs.count > 1 {
        let weight = entry.inputs[1]
        work += network.batch * weight.elementCount
        let bias = entry.inputs.count > 2 ? entry.inputs[2] : nil
        layers.append(.init(weight: matrix(weight).transposed, bias: bias.map { row($0) }))
        network.sums.append(place)
        network.results.append(nil)
        network.weights.append(weight)
        network.biases.append(bias)
      } else if let activation = HandWrittenLayers.Activation(rawValue: name), let last = layers.indices.last,
        layers[last].activation == nil
      {
        layers[last].activation = activation
        network.results[last] = place
      } else if ["reshape", "view", "flatten"].contains(name), layers.isEmpty {
        continue
      } else {
        throw Obstacle(text: localized("The hand-written network has no \(name)."))
      }
    }
    guard !layers.isEmpty else { throw Obstacle(text: localized("No layer has run yet.")) }
    guard work <= Self.largestWork else {
      throw Obstacle(text: localized("By hand this network takes too long to wait for."))
    }
    try addLoss(layers, &network)
    let rows = inputs.shape[0]
    _ = network.layers.forward(
      Matrix(rows: rows, columns: inputs.elementCount / max(1, rows), values: inputs.array(Double.self)))
    return network
  }

  /// The loss that has run; before it, cross-entropy, which does not matter in forward.
  private func addLoss(_ layers: [HandWrittenLayers.Layer], _ network: inout Network) throws(Obstacle) {
    let losses = tape.forward.filter { $0.phase == .loss }
    var kind = HandWrittenLayers.Loss.crossEntropy
    if let entry = losses.first {
      guard losses.count == 1 else {
        throw Obstacle(text: localized("The hand-written network has no such loss."))
      }
      switch entry.operation.name {
      case "cross_entropy":
        guard let loss = entry.operation as? CrossEntropy, loss.reduction == .mean, loss.labelSmoothing == 0,
          entry.inputs.count == 2, entry.inputs[1].dtype == .int64, entry.inputs[0].rank == 2
        else {
          throw Obstacle(
            text: localized("The hand-written loss is a plain mean, without weights and smoothing."))
        }
        network.targets = oneHot(entry.inputs[1], classes: entry.inputs[0].shape[1])
      case "mse_loss", "binary_cross_entropy_with_logits":
        kind = entry.operation.name == "mse_loss" ? .meanSquare : .binary
        let target = entry.inputs[1]
        let columns = target.elementCount / max(1, network.batch)
        network.targets = Matrix(rows: network.batch, columns: columns, values: target.array(Double.self))
      default: throw Obstacle(text: localized("The hand-written network has no \(entry.operation.name)."))
      }
      network.loss = entry
    }
    network.layers = HandWrittenLayers(layers, loss: kind)
  }

  private func oneHot(_ labels: Tensor, classes: Int) -> Matrix {
    let labels = labels.integers()
    var result = Matrix(rows: labels.count, columns: classes)
    for (row, label) in labels.enumerated() where (0..<classes).contains(label) { result[row, label] = 1 }
    return result
  }

  /// A parameter as forward read it: before the update, where that has run.
  private func read(_ tensor: Tensor) -> Tensor {
    tape.updates.first { $0.parameter === tensor }?.before ?? tensor
  }

  private func matrix(_ tensor: Tensor) -> Matrix {
    Matrix(rows: tensor.shape[0], columns: tensor.shape[1], values: read(tensor).array(Double.self))
  }

  private func row(_ tensor: Tensor) -> Matrix {
    Matrix(rows: 1, columns: tensor.elementCount, values: read(tensor).array(Double.self))
  }

  // MARK: The cell

  private func cell(
    of node: ComputationGraph.Node, _ view: TensorView, _ cell: Int, _ network: Network
  ) throws(Obstacle) -> ByHand.Cell {
    guard node.kind != .input else {
      throw Obstacle(text: localized("\(node.name) is given to both networks."))
    }
    guard let shown = reading.tensor(node.id, view), cell < shown.elementCount else {
      throw Obstacle(text: localized("\(node.name) has no \(view.rawValue) yet."))
    }
    let value = shown.number(at: cell)
    if let loss = network.loss, reading.nodeOfTensor[ObjectIdentifier(loss.output)] == node.id {
      guard view == .value, let targets = network.targets else {
        throw Obstacle(text: localized("The gradient begins with 1 at the loss, by hand too."))
      }
      return ByHand.Cell(name: "loss", value: network.layers.lossValue(targets), shown: value)
    }
    if let layer = network.weights.firstIndex(where: { $0 === reading.tensors[node.id].value }) {
      let columns = max(1, node.shape.last ?? 1)
      let place = (row: cell % columns, column: cell / columns)
      return try parameter(
        "W\(layer + 1)", node, view, place, value, network,
        gradients: network.targets.map { network.layers.backward($0)[layer].dw },
        before: network.layers.layers[layer].weight)
    }
    if let layer = network.biases.firstIndex(where: { $0 != nil && $0 === reading.tensors[node.id].value }) {
      return try parameter(
        "b\(layer + 1)", node, view, (row: 0, column: cell), value, network,
        gradients: network.targets.map { network.layers.backward($0)[layer].db },
        before: network.layers.layers[layer].bias ?? Matrix(rows: 1, columns: node.shape.last ?? 1))
    }
    return try result(node, view, cell, value, network)
  }

  /// A cell of a layer's sums or results, or of their gradients.
  private func result(
    _ node: ComputationGraph.Node, _ view: TensorView, _ cell: Int, _ value: Double, _ network: Network
  ) throws(Obstacle) -> ByHand.Cell {
    let sums = network.sums.firstIndex(of: node.id)
    guard let layer = sums ?? network.results.firstIndex(of: node.id) else {
      throw Obstacle(text: localized("The hand-written network has no \(node.operation)."))
    }
    let letter = sums == nil ? "A" : "Z"
    let columns = max(1, node.shape.last ?? 1)
    let (row, column) = (cell / columns, cell % columns)
    let name = "\(letter)\(layer + 1)[\(row),\(column)]"
    if view == .value {
      let matrix = sums == nil ? network.layers.a[layer] : network.layers.z[layer]
      return ByHand.Cell(name: name, value: matrix[row, column], shown: value)
    }
    guard let targets = network.targets else { throw Obstacle(text: localized("There is no loss yet.")) }
    let gradients = network.layers.backward(targets)[layer]
    let matrix = sums == nil ? gradients.da : gradients.dz
    // The engine's gradients are those of the mean already.
    return ByHand.Cell(
      name: "(1/m) * d\(name)", value: matrix[row, column] / Double(targets.rows), shown: value)
  }

  /// A cell of a parameter, by its row and column in the hand-written network.
  private func parameter(
    _ short: String, _ node: ComputationGraph.Node, _ view: TensorView, _ place: (row: Int, column: Int),
    _ value: Double, _ network: Network, gradients: Matrix?, before: Matrix
  ) throws(Obstacle) -> ByHand.Cell {
    let name = short.hasPrefix("b") ? "\(short)[\(place.column)]" : "\(short)[\(place.row),\(place.column)]"
    let old = before[place.row, place.column]
    let isUpdated = reading.tensors[node.id].progress == .updated
    if view == .value, !isUpdated { return ByHand.Cell(name: name, value: old, shown: value) }
    guard let gradients else { throw Obstacle(text: localized("There is no loss yet.")) }
    var gradient = gradients[place.row, place.column]
    var sum = "d\(name)"
    if let parameter = reading.tensors[node.id].value, let kept = tape.kept(by: parameter) {
      let columns = max(1, node.shape.last ?? 1)
      let cell = short.hasPrefix("b") ? place.column : place.column * columns + place.row
      gradient += kept.number(at: cell)
      sum = "old + d\(name)"
    }
    if view == .gradient { return ByHand.Cell(name: sum, value: gradient, shown: value) }
    guard let sgd = optimizer as? SGD, sgd.summary == "SGD lr \(sgd.learningRate)" else {
      throw Obstacle(
        text: localized(
          "Updates are compared for plain gradient descent only; here the optimizer is \(optimizer.summary).")
      )
    }
    let rate = tape.settings.first { $0.name == "lr" }?.value ?? sgd.learningRate
    return view == .update
      ? ByHand.Cell(name: "-lr * \(sum)", value: -rate * gradient, shown: value)
      : ByHand.Cell(name: name, value: old - rate * gradient, shown: value)
  }

  // MARK: The loss

  /// The loss of classes in three ways; nil for other losses, and before it has run.
  private func loss(_ network: Network) -> ByHand.Loss? {
    guard let targets = network.targets, network.layers.loss == .crossEntropy, targets.rows > 0 else {
      return nil
    }
    let (logits, labels, m) = (network.layers.output, targets.argmax, Double(targets.rows))
    func crossEntropy(_ scores: Matrix) -> Double {
      (0..<scores.rows).reduce(0.0) { sum, row in
        let greatest = (0..<scores.columns).reduce(-Double.infinity) { max($0, scores[row, $1]) }
        let total = (0..<scores.columns).reduce(0.0) { $0 + Double.exp(scores[row, $1] - greatest) }
        return sum + greatest + Double.log(total) - scores[row, labels[row]]
      } / m
    }
    func norm(_ matrix: Matrix) -> Double { matrix.values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let p = logits.softmax
    let slope = p.softmax.zip(targets) { ($0 - $1) / m }
    var twice = slope
    for row in 0..<p.rows {
      let mean = (0..<p.columns).reduce(0.0) { $0 + p[row, $1] * slope[row, $1] }
      for column in 0..<p.columns { twice[row, column] = p[row, column] * (slope[row, column] - mean) }
    }
    return ByHand.Loss(
      ofLogits: crossEntropy(logits), bySteps: HandWrittenLayers.Loss.crossEntropy.mean(of: p, targets),
      twice: crossEntropy(p), gradient: norm(p.zip(targets) { ($0 - $1) / m }), gradientTwice: norm(twice))
  }
}

extension Moment {
  /// Adds what the hand-written network makes of the step on a tape.
  mutating func addByHand(of tape: Tape, _ names: ModelNames, _ optimizer: any Optimizer) {
    let reading = TapeReading(tape, names: names)
    let node = focus.flatMap { reading.graph.node(named: $0.node) }
    byHand = ByHandReading(tape, reading, optimizer: optimizer).byHand(
      of: node, view: focus?.view ?? .value, cell: cell ?? 0)
  }
}
