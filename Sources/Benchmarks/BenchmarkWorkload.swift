import Autograd
import Datasets
import NN

/// A prepared row: its network, its data, and the loop that a user would write.
final class BenchmarkWorkload {
  private let row: BenchmarkRow
  private let context: ExecutionContext
  private let model: MultilayerPerceptron
  private let optimizer: any Optimizer
  private let loss = CrossEntropyLoss()
  private let data: Data
  private var epoch = 0

  private enum Data {
    case loader(DataLoader)
    case memory(inputs: Tensor, labels: Tensor)
  }

  /// A row's workload; `images` are what a loader row is trained on.
  init(_ row: BenchmarkRow, threads: ProductThreads, images: (Int) throws -> any Dataset) throws {
    self.row = row
    context = ExecutionContext(productThreads: threads)
    var generator = Generator(seed: 1, purpose: .initialization)
    model = MultilayerPerceptron(sizes: row.layers, initialization: .standard, generator: &generator)
    optimizer = row.optimizer.make(
      model.namedParameters(), learningRate: row.learningRate, momentum: 0, weightDecay: 0)
    switch row.source {
    case .loader:
      data = .loader(
        try DataLoader(images(row.sampleCount), batchSize: row.batchSize, shuffle: true, seed: 1))
    case .memory:
      var random = Generator(seed: 2, purpose: .data)
      let classes = row.layers.last ?? 1
      data = .memory(
        inputs: try Tensor.rand([row.batchSize, row.layers.first ?? 1], generator: &random),
        labels: Tensor((0..<row.batchSize).map { $0 % classes }))
    }
  }

  /// How many blocks of memory were asked of the system since the start.
  var systemAllocationCount: Int { context.pool?.systemAllocationCount ?? 0 }

  /// Takes `count` steps of the row.
  func run(_ count: Int) throws {
    try context.run {
      for _ in 0..<count {
        switch data {
        case .memory(let inputs, let labels): _ = try step(inputs, labels)
        case .loader(let loader): try runEpoch(loader)
        }
      }
    }
  }

  private func runEpoch(_ loader: DataLoader) throws {
    var total = 0.0
    for index in 0..<loader.stepsPerEpoch {
      let batch = try loader.batch(epoch: epoch, index: index)
      total += try step(batch.inputs, batch.targets).item()
    }
    epoch += 1
  }

  private func step(_ inputs: Tensor, _ labels: Tensor) throws -> Tensor {
    optimizer.zeroGrad()
    let value = try loss(model(inputs), labels, file: #fileID, line: #line)
    try value.backward()
    try optimizer.step()
    return value
  }
}
