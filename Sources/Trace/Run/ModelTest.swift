/// A test that a copy of the model undergoes: the run is the same afterwards, to the bit.
package enum ModelTest: Sendable, Equatable, Codable {
  /// Train on the batch of this moment alone, for at most so many steps.
  case overfit(steps: Int)
  /// Train on the next batches with a learning rate that grows from step to step, for at most so many steps.
  case learningRates(steps: Int)
  /// Compare the derivative of every operator and the gradient of every parameter with finite differences.
  case gradients

  /// How many steps each test has where none are given.
  package static let usualSteps = (overfit: 200, learningRates: 100)
}

/// How far a test of the model has come.
package struct ModelTestProgress: Sendable, Equatable, Codable {
  /// Which test it is.
  package var test: ModelTest
  /// **Units**: steps, or operators and parameters; how many are done.
  package var done: Int
  /// How many there are at most.
  package var total: Int

  /// The progress of a test.
  package init(_ test: ModelTest, done: Int, of total: Int) {
    self.test = test
    self.done = done
    self.total = total
  }

  /// The share that is done, 0 to 1.
  package var share: Double { total > 0 ? min(1, max(0, Double(done) / Double(total))) : 0 }
}

/// What a test of the model has shown.
package enum ModelTestResult: Sendable, Equatable, Codable {
  case overfit(OverfitTest)
  case learningRates(LearningRateSweep)
  case gradients(GraphGradientCheck)

  /// What it shows, in sentences.
  package var conclusion: String {
    switch self {
    case .overfit(let test): test.conclusion
    case .learningRates(let sweep): sweep.conclusion
    case .gradients(let check): check.conclusion
    }
  }
}
