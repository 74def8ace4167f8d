import Diagnosis
import Testing
import Trace

/// Rules about what a loss is given.
struct LossRuleTests {
  // softmax-twice

  @Test(arguments: [
    ("cross_entropy", "softmax"), ("cross_entropy", "sigmoid"),
    ("binary_cross_entropy_with_logits", "sigmoid"),
  ])
  func aFunctionThatTheLossAppliesItselfIsFound(loss: String, function: String) throws {
    let found = try findings(by: "softmax-twice", in: .network(then: [function], loss: loss))
    #expect(found.map(\.location) == ["train.py:11"])
    #expect(found.map(\.subject) == [function])
    #expect(found.map(\.severity) == [.error])
  }

  @Test func softmaxBeforeLogSoftmaxIsFoundToo() throws {
    let found = try findings(
      by: "softmax-twice", in: .network(then: ["softmax", "log_softmax"], loss: "nll_loss"))
    #expect(found.map(\.location) == ["train.py:11"])
  }

  @Test func itIsFoundBehindOperatorsThatChangeTheShape() throws {
    let found = try findings(
      by: "softmax-twice", in: .network(then: ["softmax", "view", "squeeze", "float"]))
    #expect(found.map(\.location) == ["train.py:11"])
  }

  @Test func rowsOfProbabilitiesAreFoundInTheThirdStep() throws {
    let step = StepFacts.network(then: ["own_softmax"]) {
      $0.measure("own_softmax") { $0.hasRowsOfProbabilities = true }
    }
    #expect(try findings(by: "softmax-twice", in: step, step.at(2)).isEmpty)
    let found = try findings(by: "softmax-twice", in: step, step.at(2), step.at(3))
    #expect(found.map(\.position.step) == [3])
    #expect(found.map(\.location) == ["train.py:11"])
  }

  @Test func rowsThatSumToOneByChanceAreNoFault() throws {
    let sound = StepFacts.network()
    let chance = StepFacts.network { $0.measure("fc2.linear") { $0.hasRowsOfProbabilities = true } }
    #expect(
      try findings(by: "softmax-twice", in: chance, chance.at(2), sound.at(3), chance.at(4), chance.at(5))
        .isEmpty)
  }

  @Test(arguments: [
    ("cross_entropy", ["log_softmax"]), ("cross_entropy", ["softmax", "log"]),
    ("cross_entropy", ["softmax", "matmul"]),
    ("binary_cross_entropy", ["sigmoid"]), ("mse_loss", ["softmax"]), ("mse_loss", ["sigmoid"]),
    ("nll_loss", ["log_softmax"]), ("kl_div", ["log_softmax"]), ("cross_entropy", ["sigmoid", "mul"]),
    ("binary_cross_entropy_with_logits", ["tanh"]),
  ])
  func otherFunctionsAreNoFault(loss: String, operations: [String]) throws {
    #expect(try findings(by: "softmax-twice", in: .network(then: operations, loss: loss)).isEmpty)
  }

  @Test func softTargetsOfATeacherAreNoFault() throws {
    let step = StepFacts.made { maker in
      let logits = maker.call("linear", maker.input("x", [8, 4]), shape: [8, 3], line: 1)
      let teacher = maker.call("softmax", maker.input("t", [8, 3]), shape: [8, 3], line: 2)
      _ = maker.call("cross_entropy", logits, teacher, shape: [], line: 3, phase: .loss)
    }
    #expect(try findings(by: "softmax-twice", in: step).isEmpty)
  }

  @Test func aLossThatIsOnlyAMetricIsNoFault() throws {
    let step = StepFacts.made(
      1,
      { maker in
        let logits = maker.call("linear", maker.input("x", [8, 4]), shape: [8, 3], line: 1)
        let y = maker.input("y", [8])
        let shown = maker.call("softmax", logits, shape: [8, 3], line: 2)
        _ = maker.call("cross_entropy", shown, y, shape: [], line: 3, phase: .loss)
        _ = maker.call("cross_entropy", logits, y, shape: [], line: 4, phase: .loss)
      },
      measure: { $0.measure("cross_entropy_2") { $0.isReached = true } })
    #expect(try findings(by: "softmax-twice", in: step).isEmpty)
  }

  @Test func operatorsThatWereNotSeenAreNotJudged() throws {
    // A compiled cross_entropy: backward knows its second half, and that linear came before.
    var step = StepFacts.network(loss: "nll_loss")
    step.graph.nodes[step.graph.nodes.count - 1].remark = "its operator was not seen"
    #expect(try findings(by: "missing-log-softmax", in: step).isEmpty)
  }

  // missing-log-softmax

  @Test func logitsAndProbabilitiesAreNoLogProbabilities() throws {
    let logits = try findings(by: "missing-log-softmax", in: .network(loss: "nll_loss"))
    #expect(logits.map(\.location) == ["train.py:20"])
    #expect(logits.map(\.subject) == ["fc2.linear"])
    let probabilities = try findings(
      by: "missing-log-softmax", in: .network(then: ["softmax"], loss: "nll_loss"))
    #expect(probabilities.map(\.location) == ["train.py:20"])
    let divergence = try findings(by: "missing-log-softmax", in: .network(then: ["softmax"], loss: "kl_div"))
    #expect(divergence.map(\.what) == ["kl_div expects log-probabilities, but is given softmax"])
    let sum = StepFacts.network(then: ["add"], loss: "nll_loss") {
      $0.measure("add") { $0.value = .between(-2, 3) }
    }
    #expect(try findings(by: "missing-log-softmax", in: sum).count == 1)
  }

  @Test(arguments: [
    ["log_softmax"], ["log_softmax", "view"], ["softmax", "log"], ["logsigmoid"], ["log_softmax", "mul"],
    ["sub"], ["log_softmax", "add"], ["log_softmax", "permute", "reshape"], ["logsumexp"], ["where"],
  ])
  func logProbabilitiesAreNoFault(operations: [String]) throws {
    let step = StepFacts.network(then: operations, loss: "nll_loss") {
      $0.measure("add") { $0.value = .between(-3, -0.1) }
    }
    #expect(try findings(by: "missing-log-softmax", in: step).isEmpty)
  }

  // missing-sigmoid

  @Test func logitsAreNoProbabilities() throws {
    let found = try findings(
      by: "missing-sigmoid", in: .network(then: ["squeeze"], loss: "binary_cross_entropy"))
    #expect(found.map(\.location) == ["train.py:20"])
    let failure = FailureFacts(
      position: .start(of: 1), operation: "binary_cross_entropy",
      message: "all elements of input should be between 0 and 1", location: "train.py:20")
    #expect(try findings(by: "missing-sigmoid", [.failure(failure)]).map(\.location) == ["train.py:20"])
  }

  @Test(arguments: ["sigmoid", "softmax", "clamp", "mul", "exp", "mean"])
  func probabilitiesAreNoFault(function: String) throws {
    #expect(
      try findings(by: "missing-sigmoid", in: .network(then: [function], loss: "binary_cross_entropy"))
        .isEmpty)
  }

  // one-output

  @Test func crossEntropyOverOneOutputIsFound() throws {
    for target in [[32], [32, 1]] {
      let found = try findings(by: "one-output", in: .network(outputs: 1, target: target))
      #expect(found.map(\.location) == ["train.py:20"])
    }
    #expect(try findings(by: "one-output", in: .network(outputs: 2)).isEmpty)
    let yesOrNo = StepFacts.network(outputs: 1, loss: "binary_cross_entropy_with_logits", target: [32, 1])
    #expect(try findings(by: "one-output", in: yesOrNo).isEmpty)
  }

  // softmax-over-batch

  @Test func softmaxOverTheSamplesIsFound() throws {
    for (operations, loss) in [
      (["log_softmax"], "nll_loss"), (["softmax", "log"], "nll_loss"), (["softmax"], "mse_loss"),
    ] {
      let step = { (dimension: Int?, samples: Int) in
        StepFacts.network(samples: samples, then: operations, loss: loss) {
          $0.measure(operations[0]) { $0.dimension = dimension }
        }
      }
      #expect(try findings(by: "softmax-over-batch", in: step(0, 32)).map(\.location) == ["train.py:11"])
      #expect(try findings(by: "softmax-over-batch", in: step(1, 32)).isEmpty)
      #expect(try findings(by: "softmax-over-batch", in: step(nil, 32)).isEmpty)
      #expect(try findings(by: "softmax-over-batch", in: step(0, 10)).isEmpty)
    }
  }

  // relu-before-loss

  @Test func reluKeepsLogitsFromBeingNegative() throws {
    for loss in ["cross_entropy", "binary_cross_entropy_with_logits"] {
      let found = try findings(by: "relu-before-loss", in: .network(then: ["relu", "flatten"], loss: loss))
      #expect(found.map(\.location) == ["train.py:11"])
    }
  }

  @Test(
    arguments: [("relu", -3, 2), ("sigmoid", -0.4, 2.8), ("tanh", -3, 3), ("softmax", 0, 5)]
      as [(String, Float, Float)])
  func anActivationThatCannotReachTheTargetsIsFound(function: String, minimum: Float, maximum: Float) throws {
    let step = StepFacts.network(then: [function], loss: "mse_loss", target: [32, 10]) {
      $0.measure("y") { $0.value = .between(minimum, maximum) }
    }
    #expect(try findings(by: "relu-before-loss", in: step).map(\.location) == ["train.py:11"])
  }

  @Test(
    arguments: [
      ("relu", 0, 9), ("relu", -0.01, 5), ("sigmoid", 0, 1), ("tanh", -1, 1), ("tanh", -1.0001, 1),
      ("softmax", 0, 1),
      ("leaky_relu", -3, 3), ("mul", -3, 3), ("linear", -3, 3),
    ] as [(String, Float, Float)])
  func targetsThatCanBeReachedAreNoFault(function: String, minimum: Float, maximum: Float) throws {
    let step = StepFacts.network(then: [function], loss: "mse_loss", target: [32, 10]) {
      $0.measure("y") { $0.value = .between(minimum, maximum) }
    }
    #expect(try findings(by: "relu-before-loss", in: step).isEmpty)
  }

  @Test func aPoolingAfterReLUIsNoFault() throws {
    #expect(
      try findings(by: "relu-before-loss", in: .network(then: ["relu", "adaptive_avg_pool2d", "flatten"]))
        .isEmpty)
    #expect(try findings(by: "relu-before-loss", in: .network()).isEmpty)
  }

  // broadcast-loss

  @Test func aColumnAgainstARowIsFound() throws {
    let column = StepFacts.network(outputs: 1, loss: "mse_loss", target: [32])
    let found = try findings(by: "broadcast-loss", in: column)
    #expect(found.map(\.location) == ["train.py:20"])
    #expect(found[0].evidence == ["that makes 1024 pairs of 32 numbers"])
    let row = StepFacts.network(
      outputs: 1, then: ["squeeze"], loss: "l1_loss", output: [32], target: [32, 1])
    #expect(try findings(by: "broadcast-loss", in: row).count == 1)
  }

  @Test func aDifferenceThatIsWrittenOutIsFound() throws {
    let step = StepFacts.made { maker in
      let weight = maker.parameter("fc.weight", [1, 4])
      let output = maker.call("linear", maker.input("x", [8, 4]), weight, shape: [8, 1], in: "fc", line: 1)
      let y = maker.call("float", maker.input("y", [8]), shape: [8], line: 2)
      let difference = maker.call("sub", output, y, shape: [8, 8], line: 3, phase: .loss)
      _ = maker.call("mean", difference, shape: [], line: 4, phase: .loss)
    }
    #expect(try findings(by: "broadcast-loss", in: step).map(\.location) == ["train.py:3"])
  }

  @Test(arguments: [
    ([32, 1], [32, 1]), ([32], [32]), ([32, 10], [10]), ([32, 10], [1]), ([32, 10], []), ([1, 1], [1]),
    ([32, 1], [1, 1]),
  ])
  func shapesThatMakeNoMorePairsAreNoFault(output: [Int], target: [Int]) throws {
    let step = StepFacts.network(then: ["view"], loss: "mse_loss", output: output, target: target)
    #expect(try findings(by: "broadcast-loss", in: step).isEmpty)
  }

  @Test func targetsThatAreAllTheSameAreNoFault() throws {
    let step = StepFacts.network(outputs: 1, loss: "mse_loss", target: [32]) {
      $0.measure("y") { $0.value = .between(1, 1) }
    }
    #expect(try findings(by: "broadcast-loss", in: step).isEmpty)
  }

  @Test func distancesOfAllPairsOfOutputsAreNoFault() throws {
    let step = StepFacts.made { maker in
      let weight = maker.parameter("fc.weight", [1, 4])
      let column = maker.call("linear", maker.input("x", [8, 4]), weight, shape: [8, 1], in: "fc", line: 1)
      let row = maker.call("squeeze", column, shape: [8], line: 2)
      _ = maker.call("sub", column, row, shape: [8, 8], line: 3, phase: .loss)
    }
    #expect(try findings(by: "broadcast-loss", in: step).isEmpty)
  }
}
