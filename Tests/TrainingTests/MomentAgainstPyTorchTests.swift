import Autograd
import Datasets
import NN
import Testing
import Trace
import Training

/// Every number that the panes show of the second step of a small run, against PyTorch 2.15:
/// ```python
/// import torch
/// def values(count, factor): return (torch.arange(count) * 37 % 101 - 50).float() / factor
/// w1, b1 = values(40, 60).reshape(5, 8).requires_grad_(), values(5, 200).requires_grad_()
/// w2, b2 = values(15, 70).reshape(3, 5).requires_grad_(), values(3, 300).requires_grad_()
/// x, y = values(96, 40).reshape(12, 8), torch.arange(12) * 5 % 3
/// optimizer = torch.optim.SGD([w1, b1, w2, b2], lr=0.1, momentum=0.9)
/// for step in range(2):
///     optimizer.zero_grad()
///     z1 = x @ w1.T + b1; a1 = z1.relu(); z2 = a1 @ w2.T + b2
///     loss = torch.nn.functional.cross_entropy(z2, y)
///     for t in (z1, a1, z2, loss): t.retain_grad()
///     loss.backward(); before = [p.detach().clone() for p in (w1, b1, w2, b2)]
///     optimizer.step()
/// # of each tensor t: t.min(), t.max(), t.mean(), t.std(correction=0), t.norm(), (t == 0).sum()
/// ```
struct MomentAgainstPyTorchTests {
  private static func values(_ count: Int, _ factor: Float) -> [Float] {
    (0..<count).map { (Float($0 * 37 % 101) - 50) / factor }
  }

  @Sendable private static func experiment() throws -> Experiment {
    var generator = Generator(seed: 0)
    let model = MultilayerPerceptron(sizes: [8, 5, 3], generator: &generator)
    for (parameter, factor) in zip(model.parameters(), [60, 200, 70, 300] as [Float]) {
      let start = try Tensor(values(parameter.elementCount, factor), shape: parameter.shape)
      try noGrad { try parameter.copy(from: start) }
    }
    let data = try TableDataset(
      name: "formula", featureNames: (0..<8).map { "\($0)" }, features: values(96, 40),
      targets: .classes((0..<12).map { $0 * 5 % 3 }, names: ["0", "1", "2"]))
    return Experiment(
      name: "formula", model: model, loss: CrossEntropyLoss(),
      optimizer: SGD(model.namedParameters(), learningRate: 0.1, momentum: 0.9),
      trainData: try DataLoader(data, batchSize: 12), epochs: 2, seed: 0)
  }

  private func moment(
    _ node: String?, _ view: TensorView?, _ phase: Phase, cell: [Int]? = nil
  ) throws -> Moment {
    try Inspection(MomentAgainstPyTorchTests.experiment()).moment(
      Inspection.Target(step: 2, phase: phase, node: node, view: view, cell: cell))
  }

  private func expect(_ got: Float?, _ expected: Float, _ what: String) {
    let got = got ?? .nan
    #expect(abs(got - expected) <= 1e-6 + 2e-5 * abs(expected), "\(what): \(got), PyTorch \(expected)")
  }

  /// Of a node's tensor: min, max, mean, σ, norm, and how many are zero.
  static let tensors: [(String, TensorView, [Float])] = [
    ("x", .value, [-1.25, 1.25, -0.00078124803, 0.73216158, 7.1736932, 1]),
    ("fc1.linear", .value, [-1.7698442, 3.0618539, -0.089708142, 1.4609858, 11.33806, 0]),
    ("fc1.linear", .gradient, [-0.047797948, 0.087574117, 0.002240272, 0.021355681, 0.1663281, 39]),
    ("fc1.relu", .value, [0, 3.0618539, 0.590653, 0.96500963, 8.7639532, 39]),
    ("fc1.relu", .gradient, [-0.048600879, 0.087574117, 0.0032500892, 0.03389911, 0.26378545, 0]),
    ("fc2.linear", .value, [-2.1563196, 0.81805986, -0.27901319, 0.66628581, 4.3340816, 0]),
    ("fc2.linear", .gradient, [-0.080447838, 0.059556738, 8.2784229e-10, 0.043541256, 0.26124755, 0]),
    ("cross_entropy", .value, [1.4347763, 1.4347763, 1.4347763, 0, 1.4347763, 0]),
    ("cross_entropy", .gradient, [1, 1, 1, 0, 1, 0]),
    ("fc1.weight", .value, [-0.82114154, 0.81165379, -0.0023467243, 0.48862591, 3.0903776, 0]),
    ("fc1.weight", .gradient, [-0.11889918, 0.19895583, -0.001634415, 0.050231878, 0.31786242, 0]),
    ("fc1.bias", .value, [-0.25390616, 0.11736812, -0.085211292, 0.13488403, 0.35675389, 0]),
    ("fc1.bias", .gradient, [-0.025826124, 0.094429232, 0.026883265, 0.039725225, 0.10725679, 0]),
    ("fc2.weight", .value, [-0.69628078, 0.6015451, -0.092380956, 0.41831154, 1.659151, 0]),
    ("fc2.weight", .gradient, [-0.18674037, 0.23519199, -1.8626451e-09, 0.1376421, 0.53308553, 0]),
    ("fc2.bias", .value, [-0.15585485, 0.08535222, -0.04333334, 0.099133477, 0.18739177, 0]),
    ("fc2.bias", .gradient, [-0.096840352, 0.13818364, 4.9670539e-09, 0.10030293, 0.17372978, 0]),
    ("fc1.weight", .update, [-0.039407194, 0.022862494, 0.00030138862, 0.0098589165, 0.062382393, 0]),
    ("fc1.bias", .update, [-0.019418672, 0.0045753401, -0.00557849, 0.0079677515, 0.021749094, 0]),
    ("fc2.weight", .update, [-0.048172474, 0.037032299, 2.4835269e-09, 0.02756547, 0.10676061, 0]),
    ("fc2.bias", .update, [-0.028366011, 0.019414678, -1.2417635e-09, 0.020507613, 0.035520229, 0]),
  ]

  @Test(arguments: tensors)
  func aNodesStatistics(_ node: String, _ view: TensorView, _ expected: [Float]) throws {
    let phase: Phase = view == .update ? .update : view == .gradient ? .backward : .loss
    let tensor = try #require(moment(node, view, phase).focus)
    #expect(tensor.view == view)
    let statistics = tensor.statistics
    expect(statistics.minimum, expected[0], "\(node) minimum")
    expect(statistics.maximum, expected[1], "\(node) maximum")
    expect(statistics.mean, expected[2], "\(node) mean")
    expect(statistics.deviation, expected[3], "\(node) deviation")
    expect(statistics.norm, expected[4], "\(node) norm")
    #expect(statistics.zeroCount == Int(expected[5]))
  }

  @Test func theGraphsMagnitudes() throws {
    let moment = try moment(nil, nil, .backward)
    let norms = Dictionary(
      uniqueKeysWithValues: zip(moment.graph.nodes.map(\.name), moment.states))
    for (node, view, expected) in MomentAgainstPyTorchTests.tensors where view != .update {
      let state = try #require(norms[node])
      expect(view == .value ? state.valueNorm : state.gradientNorm, expected[4], "\(node) \(view)")
    }
  }

  @Test func theGradientsPane() throws {
    let moment = try moment(nil, nil, .update)
    let ratios: [Float] = [0.020391127, 0.058454409, 0.066417061, 0.18924536]
    for (parameter, ratio) in zip(moment.parameters, ratios) {
      expect(parameter.updateRatio, ratio, "\(parameter.name) update")
      let norm = try #require(
        MomentAgainstPyTorchTests.tensors.first { $0.0 == parameter.name && $0.1 == .gradient })
      expect(parameter.gradientNorm, norm.2[4], "\(parameter.name) gradient")
    }
  }

  @Test func theBatchAndItsLoss() throws {
    let moment = try moment(nil, nil, .loss)
    expect(moment.loss, 1.4347763, "loss")
    let batch = try #require(moment.batch)
    #expect(batch.samples.map(\.prediction) == [1, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    #expect(batch.correctCount == 3)
    let probabilities: [Float] = [
      0.0346260, 0.6371105, 0.3282635, 0.4183471, 0.4140770, 0.1675759, 0.4745747, 0.3990251, 0.1264004,
      0.0841208, 0.7146809, 0.2011984,
    ]
    for (got, expected) in zip(batch.samples.prefix(4).flatMap(\.probabilities), probabilities) {
      expect(got, expected, "probability")
    }
  }

  @Test func theBridgesContributions() throws {
    let moment = try moment("fc2.linear", .gradient, .backward)
    let pieces = try #require(moment.explanation?.contributions)
    #expect(pieces.map(\.target) == ["fc1.relu", "fc2.weight", "fc2.bias"])
    for (piece, norm) in zip(pieces, [0.26378545, 0.53308553, 0.17372978] as [Float]) {
      expect(piece.upstreamNorm, 0.26124755, "upstream")
      expect(piece.norm, norm, piece.target)
    }
  }

  @Test func theUpdatesOwnFormula() throws {
    let moment = try moment("fc2.bias", .update, .update, cell: [0])
    // PyTorch: b2[0] −0.15585485, its gradient −0.09684035, velocity −0.10811827 and then −0.19414680, after −0.13644017.
    #expect(
      moment.explanation?.update == [
        "v ← μ·v + g = 0.9 · (−0.1081) + (−0.09684) = −0.1941",
        "w ← w − η·v = −0.1559 − 0.1 · (−0.1941) = −0.1364",
      ])
  }
}
