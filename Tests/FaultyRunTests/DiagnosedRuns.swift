import Autograd
import Datasets
import Diagnosis
import NN
import Testing
import Trace
import Training

/// Each fault is named by diagnosis, at its line; and the same run without it has no finding.
struct DiagnosedRuns {
  @Test(arguments: FaultCase.all)
  func theFaultIsNamed(_ fault: FaultCase) throws {
    let found = try fault.findings(isFaulty: true)
    let named = found.filter { fault.rules.contains($0.rule) }
    #expect(!named.isEmpty, "\(fault.name): \(found.map(\.line))")
    let others = Set(found.map(\.rule)).subtracting(fault.rules).subtracting(fault.consequences)
    #expect(others.isEmpty, "\(fault.name): \(found.map(\.line))")
    if let line = fault.line {
      #expect(
        named.contains { $0.location?.hasSuffix("/DiagnosedRuns.swift:\(line)") == true },
        "\(fault.name): \(named.map(\.line))")
    }
  }

  @Test(arguments: FaultCase.all)
  func withoutTheFaultNothingIsFound(_ fault: FaultCase) throws {
    #expect(try fault.findings(isFaulty: false).map(\.line) == [])
  }
}

/// A classifier of ``flowers(_:classes:)``.
private func classifier(
  _ loss: any Loss = CrossEntropyLoss(), data: TableDataset? = nil, batch: Int = 16, rate: Double = 0.1,
  epochs: Int = 12, sizes: [Linear] = layers(2, 16, 3),
  _ body: @escaping (_ layers: [Linear], _ x: Tensor) throws -> Tensor = { try $0[1]($0[0]($1).relu()) },
  optimizer: ((_ model: Network) -> any Optimizer)? = nil
) throws -> Experiment {
  let model = Network([("fc1", sizes[0]), ("fc2", sizes[1])]) { try body(sizes, $0) }
  return Experiment(
    name: "flowers", model: model, loss: loss,
    optimizer: optimizer?(model) ?? SGD(model.namedParameters(), learningRate: rate),
    trainData: try DataLoader(try data ?? flowers(), batchSize: batch, seed: 1), epochs: epochs, seed: 0)
}

/// A regression on ``heights(_:scale:)``.
private func regression(
  data: TableDataset? = nil, batch: Int = 16, rate: Double = 0.1, epochs: Int = 12,
  sizes: [Linear] = layers(2, 16, 1),
  _ body: @escaping (_ layers: [Linear], _ x: Tensor) throws -> Tensor = { try $0[1]($0[0]($1).relu()) },
  optimizer: ((_ model: Network) -> any Optimizer)? = nil
) throws -> Experiment {
  let model = Network([("fc1", sizes[0]), ("fc2", sizes[1])]) { try body(sizes, $0) }
  return Experiment(
    name: "heights", model: model, loss: MSELoss(),
    optimizer: optimizer?(model) ?? SGD(model.namedParameters(), learningRate: rate),
    trainData: try DataLoader(try data ?? heights(), batchSize: batch, seed: 1), epochs: epochs, seed: 0)
}

/// A model with layers that it does not list.
private final class Stack: Module {
  private let layers: [Linear]
  private let listed: [Linear]
  init(_ layers: [Linear], listed: [Linear]) { (self.layers, self.listed) = (layers, listed) }
  var children: [Child] { listed.enumerated().map { ("fc\($0.offset)", $0.element) } }
  func forward(_ input: Tensor) throws -> Tensor { try layers[1](layers[0](input).relu()) }
}

extension FaultCase {
  static let all: [FaultCase] = ofLosses + ofData + ofOptimizers + ofGraphs + ofNumbers

  private static let ofLosses = [
    FaultCase(
      "softmax before cross-entropy", ["softmax-twice"], leadsTo: ["loss-not-falling"], line: #line + 4
    ) { isFaulty in
      try classifier {
        let scores = try $0[1]($0[0]($1).relu())
        return isFaulty ? try scores.softmax(dim: 1) : scores
      }
    },
    FaultCase(
      "sigmoid before BCE with logits", ["softmax-twice"], leadsTo: ["loss-not-falling"], line: #line + 8
    ) { isFaulty in
      let targets: [Float] = (0..<64).map { $0 % 2 == 0 ? 1 : 0 }
      let data = try TableDataset(
        name: "rows", featureNames: ["a", "b"],
        features: targets.flatMap { [$0 * 2 - 1, 1 - $0 * 2] }, targets: .values(targets))
      var run = try regression(data: data) {
        let scores = try $0[1]($0[0]($1).relu())
        return isFaulty ? try scores.sigmoid() : scores
      }
      run.loss = BCEWithLogitsLoss()
      return run
    },
    FaultCase("column against row", ["broadcast-loss"], leadsTo: ["loss-not-falling"]) { isFaulty in
      try regression {
        let output = try $0[1]($0[0]($1).relu())
        return isFaulty ? try output.squeeze(dim: 1) : output
      }
    },
    FaultCase(
      "ReLU before the loss", ["relu-before-loss"],
      leadsTo: ["loss-not-falling", "dead-relu", "class-imbalance"]
    ) { isFaulty in
      try classifier {
        let output = try $0[1]($0[0]($1).relu())
        return isFaulty ? try output.relu() : output
      }
    },
    FaultCase(
      "weights that are far too large", ["first-loss", "poor-initialization"],
      leadsTo: [
        "diverging", "exploding-gradient", "large-updates", "dead-relu", "loss-not-falling",
        "class-imbalance",
      ]
    ) { isFaulty in
      let sizes = layers(2, 16, 3)
      if isFaulty { for layer in sizes { try noGrad { try layer.weight.copy(from: layer.weight.mul(60)) } } }
      return try classifier(sizes: sizes)
    },
  ]

  private static let ofData = [
    FaultCase("a label that no class has", ["label-out-of-range"]) { isFaulty in
      var labels = (0..<96).map { $0 % 3 }
      if isFaulty { labels[40] = 3 }
      let data = try flowers()
      let all = try data.batch(at: Array(0..<96))
      let table = try TableDataset(
        name: "flowers", featureNames: ["a", "b"], features: all.inputs.array(),
        targets: .classes(labels, names: ["0", "1", "2", "3"]))
      return try classifier(data: table)
    },
    FaultCase("a class that no label has", ["class-never-seen"]) { isFaulty in
      try classifier(data: flowers(classes: isFaulty ? 4 : 3), sizes: layers(2, 16, isFaulty ? 4 : 3))
    },
    FaultCase("a last batch of one row", ["batch-of-one"]) { isFaulty in
      let sizes = layers(2, 16, 1)
      let norm = BatchNorm1d(16)
      let model = Network([("fc1", sizes[0]), ("norm", norm), ("fc2", sizes[1])]) {
        try sizes[1](norm(sizes[0]($0)).relu())
      }
      return Experiment(
        name: "heights", model: model, loss: MSELoss(),
        optimizer: SGD(model.namedParameters(), learningRate: 0.05),
        trainData: try DataLoader(try heights(isFaulty ? 65 : 64), batchSize: 16, seed: 1), epochs: 4, seed: 0
      )
    },
    FaultCase(
      "features of very different scale", ["inputs-not-standardized"],
      leadsTo: [
        "diverging", "exploding-gradient", "large-updates", "not-finite", "dead-relu", "loss-not-falling",
        "poor-initialization",
      ]
    ) { isFaulty in
      try regression(data: heights(scale: isFaulty ? 1000 : 1))
    },
    FaultCase("NaN in the data", ["not-finite"]) { isFaulty in
      var values = try heights().batch(at: Array(0..<64)).inputs.array(Float.self)
      let targets = try heights().batch(at: Array(0..<64)).targets.array(Float.self)
      if isFaulty { values[77] = .nan }
      return try regression(
        data: TableDataset(
          name: "heights", featureNames: ["a", "b"], features: values, targets: .values(targets)))
    },
  ]

  private static let ofOptimizers = [
    FaultCase("half an optimizer", ["not-in-optimizer"], leadsTo: ["kept-gradients"]) { isFaulty in
      let sizes = layers(2, 16, 1)
      return try regression(
        sizes: sizes,
        optimizer: { model in
          SGD(isFaulty ? sizes[1].namedParameters() : model.namedParameters(), learningRate: 0.1)
        })
    },
    FaultCase("an empty optimizer", ["empty-optimizer"], leadsTo: ["not-in-optimizer"]) { isFaulty in
      try regression(optimizer: { SGD(isFaulty ? [] : $0.namedParameters(), learningRate: 0.1) })
    },
    FaultCase("layers in an array", ["not-listed"], leadsTo: ["kept-gradients"]) { isFaulty in
      let sizes = layers(2, 16, 1)
      let model = Stack(sizes, listed: isFaulty ? [sizes[1]] : sizes)
      return Experiment(
        name: "heights", model: model, loss: MSELoss(),
        optimizer: SGD(model.namedParameters(), learningRate: 0.1),
        trainData: try DataLoader(heights(), batchSize: 16, seed: 1), epochs: 12, seed: 0)
    },
    FaultCase(
      "a layer that was replaced after the optimizer was made", ["not-in-optimizer", "no-gradient"],
      leadsTo: ["kept-gradients"]
    ) { isFaulty in
      let (sizes, old) = (layers(2, 16, 1), layers(2, 16, 1, seed: 5))
      return try regression(
        sizes: sizes,
        optimizer: { _ in
          SGD(
            sizes[0].namedParameters()
              + (isFaulty ? old : sizes)[1].namedParameters().map { ("head.\($0)", $1) },
            learningRate: 0.1)
        })
    },
    FaultCase("a rate of 0", ["unchanged-weights"], leadsTo: ["loss-not-falling", "small-updates"]) {
      isFaulty in
      try regression(rate: isFaulty ? 0 : 0.1)
    },
    FaultCase(
      "a rate that is far too small", ["unchanged-weights", "small-updates"], leadsTo: ["loss-not-falling"]
    ) { isFaulty in
      try regression(rate: isFaulty ? 1e-12 : 0.1)
    },
    FaultCase(
      "a rate that is far too small for biases of 0 too", ["small-updates"], leadsTo: ["loss-not-falling"]
    ) { isFaulty in
      let sizes = layers(2, 16, 1)
      try noGrad { for layer in sizes { try layer.bias?.fill(0) } }
      return try regression(rate: isFaulty ? 1e-8 : 0.1, sizes: sizes)
    },
    FaultCase(
      "a rate that is far too large",
      ["diverging", "exploding-gradient", "large-updates", "not-finite", "dead-relu"],
      leadsTo: ["loss-not-falling"]
    ) { isFaulty in
      try regression(rate: isFaulty ? 30 : 0.1)
    },
    FaultCase(
      "momentum above 1", ["diverging", "exploding-gradient", "large-updates", "not-finite"],
      leadsTo: ["dead-relu", "loss-not-falling", "saturation"]
    ) { isFaulty in
      try regression(
        epochs: 60,
        optimizer: {
          SGD($0.namedParameters(), learningRate: 0.01, momentum: isFaulty ? 1.5 : 0.9)
        })
    },
    FaultCase(
      "a schedule that moves on every batch", ["schedule-per-batch", "learning-rate-fell"],
      leadsTo: ["small-updates", "unchanged-weights"]
    ) { isFaulty in
      var run = try regression(batch: 2, rate: 0.05, epochs: 4)
      run.schedule = .stepLR(run.optimizer, stepSize: 2, gamma: 0.1)
      run.scheduleInterval = isFaulty ? .step : .epoch
      return run
    },
  ]

  private static let ofGraphs = [
    FaultCase("a part that is detached", ["no-gradient"], line: #line + 3) { isFaulty in
      try regression { sizes, x in
        let hidden = try sizes[0](x).relu()
        return try sizes[1](isFaulty ? hidden.detach() : hidden)
      }
    },
    FaultCase("a part without gradients", ["no-gradient"], line: #line + 3) { isFaulty in
      try regression { sizes, x in
        let hidden = isFaulty ? try noGrad { try sizes[0](x).relu() } : try sizes[0](x).relu()
        return try sizes[1](hidden)
      }
    },
    FaultCase("a change in place", ["changed-in-place"], line: #line + 3) { isFaulty in
      try regression { sizes, x in
        let hidden = try sizes[0](x).sigmoid()
        let output = try sizes[1](hidden)
        if isFaulty { try noGrad { try hidden.fill(0) } }
        return output
      }
    },
    FaultCase("samples that mix", ["mixed-samples"]) { isFaulty in
      try regression { sizes, x in
        let hidden = try sizes[0](x).relu()
        return try sizes[1](isFaulty ? hidden.sub(hidden.mean(dim: 0)) : hidden)
      }
    },
    FaultCase("units that are all alike", ["equal-units"], leadsTo: ["loss-not-falling", "class-imbalance"]) {
      isFaulty in
      let sizes = layers(2, 16, 3)
      if isFaulty {
        try noGrad {
          try sizes[0].weight.fill(0.1)
          try sizes[0].bias?.fill(0.1)
          let rows = [Float](repeating: 0.3, count: 16) + [Float](repeating: -0.2, count: 16)
          try sizes[1].weight.copy(
            from: Tensor(rows + [Float](repeating: 0.1, count: 16), shape: [3, 16]))
        }
      }
      return try classifier(sizes: sizes)
    },
  ]

  private static let ofNumbers = [
    FaultCase(
      "units that are shut", ["dead-relu"],
      leadsTo: ["loss-not-falling", "vanishing-gradient", "unchanged-weights"]
    ) { isFaulty in
      let sizes = layers(2, 16, 1)
      if isFaulty { try noGrad { try sizes[0].bias?.fill(-100) } }
      return try regression(epochs: 40, sizes: sizes)
    },
    FaultCase(
      "a tanh that is saturated", ["saturation"],
      leadsTo: [
        "loss-not-falling", "vanishing-gradient", "poor-initialization", "unchanged-weights", "large-updates",
      ]
    ) { isFaulty in
      let sizes = layers(2, 16, 1)
      if isFaulty { try noGrad { try sizes[0].weight.copy(from: sizes[0].weight.mul(300)) } }
      return try regression(epochs: 20, sizes: sizes) { try $0[1]($0[0]($1).tanh()) }
    },
    FaultCase(
      "gradients that vanish in depth", ["vanishing-gradient"],
      leadsTo: [
        "loss-not-falling", "poor-initialization", "unchanged-weights", "small-updates", "class-imbalance",
      ]
    ) { isFaulty in
      let (sizes, deep) = (layers(2, 16, 3), layers(16, 16, 16, 16, 16, 16, 16, 16, 16))
      let children = [("fc1", sizes[0])] + deep.enumerated().map { ("deep\($0.offset)", $0.element) }
      let model = Network(children + [("fc2", sizes[1])]) { x in
        try sizes[1](
          deep.reduce(sizes[0](x)) { x, layer in
            isFaulty ? try layer(x).sigmoid() : try x.add(layer(x).tanh().mul(0.2))
          })
      }
      return Experiment(
        name: "flowers", model: model, loss: CrossEntropyLoss(),
        optimizer: SGD(model.namedParameters(), learningRate: 0.1),
        trainData: try DataLoader(flowers(), batchSize: 16, seed: 1), epochs: 12, seed: 0)
    },
    FaultCase("the logarithm of 0", ["not-finite"], leadsTo: ["dead-relu"]) { isFaulty in
      try regression { sizes, x in
        let hidden = try sizes[0](x).relu()
        return try sizes[1](isFaulty ? hidden.log() : hidden.add(1).log())
      }
    },
    FaultCase("the root of 0", ["not-finite"]) { isFaulty in
      try regression { sizes, x in
        let hidden = try sizes[0](x)
        let distance = try hidden.mul(hidden).mul(isFaulty ? 0 : 1)
        return try sizes[1](isFaulty ? distance.sqrt() : distance.add(0.1).sqrt())
      }
    },
    FaultCase(
      "a product that overflows", ["not-finite", "diverging"],
      leadsTo: ["first-loss", "poor-initialization", "exploding-gradient", "large-updates"]
    ) { isFaulty in
      try regression { sizes, x in
        let hidden = try sizes[0](x).relu()
        return try sizes[1](isFaulty ? hidden.mul(1e30).mul(1e30) : hidden)
      }
    },
    FaultCase(
      "a loss that is a sum", ["summed-loss", "large-updates", "exploding-gradient", "diverging"],
      leadsTo: ["first-loss", "loss-not-falling", "dead-relu", "not-finite"]
    ) { isFaulty in
      try classifier(CrossEntropyLoss(reduction: isFaulty ? .sum : .mean), rate: 0.5)
    },
  ]
}
