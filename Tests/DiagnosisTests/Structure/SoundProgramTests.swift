import Diagnosis
import Testing
import Trace

/// Programs that are as they should be, though each does something that a fault does too: no rule of structure says a word.
struct SoundProgramTests {
  /// A program: what its run is made of, and its steps.
  struct Program: CustomTestStringConvertible {
    let name: String
    var run = RunFacts.sound()
    let steps: [StepFacts]
    var others: [Fact] = []

    var testDescription: String { name }
    var facts: [Fact] { [.run(run)] + steps.map { .step($0) } + others }
  }

  /// The line of backward, with a batch of its own.
  private static let backward = CallFacts.Backward(samples: 32, location: "train.py:21")

  /// Six steps as one, in which backward reaches some parameters, and the loop calls what it should.
  private static func six(
    _ step: StepFacts, reached: [String] = ["fc1.weight", "fc2.weight"], unreached: [String] = [],
    calls: CallFacts = CallFacts(zeroGrads: 1, backwards: [backward], optimizerSteps: 1)
  ) -> [StepFacts] {
    (1...6).map { number in
      var step = step.at(number)
      step.calls = calls
      step.parameters =
        reached.map { ParameterFacts(name: $0, norm: 1, gradientNorm: 0.1, isReached: true) }
        + unreached.map { ParameterFacts(name: $0, norm: 1, isReached: false) }
      step.loss = step.loss ?? 2.3
      return step
    }
  }

  /// The loss of a step was measured.
  private static func measured(_ loss: Float, _ node: String = "cross_entropy") -> (inout StepFacts) -> Void {
    { $0.measure(node) { $0.value = TensorStatistics([loss]) } }
  }

  static let programs: [Program] = [
    Program(name: "a classifier", steps: six(.network(measure: measured(2.35)))),
    Program(
      name: "label smoothing and a weight for each class", steps: six(.network(measure: measured(2.6)))),
    Program(name: "log-softmax, then NLL", steps: six(.network(then: ["log_softmax"], loss: "nll_loss"))),
    Program(
      name: "soft targets of a teacher", steps: six(.network(target: [32, 10], measure: measured(11)))),
    Program(
      name: "several labels a sample",
      steps: six(.network(loss: "binary_cross_entropy_with_logits", target: [32, 10]))),
    Program(
      name: "sigmoid, then binary cross-entropy",
      steps: six(
        .network(outputs: 1, then: ["sigmoid", "squeeze"], loss: "binary_cross_entropy", output: [32]))),
    Program(
      name: "half precision, with a loss in single",
      steps: six(.network(then: ["float"], measure: measured(2.3)))),
    Program(
      name: "a regression of counts, which are not negative",
      steps: six(
        .network(outputs: 1, then: ["relu"], loss: "mse_loss", target: [32, 1]) {
          $0.measure("y") { $0.value = .between(0, 17) }
        })),
    Program(
      name: "an autoencoder of pixels from 0 to 1",
      steps: six(
        .network(then: ["sigmoid"], loss: "mse_loss", target: [32, 10]) {
          $0.measure("y") { $0.value = .between(0, 1) }
        })),
    Program(
      name: "a least-squares GAN, with one target for all",
      steps: six(
        .network(outputs: 1, loss: "mse_loss", target: [32]) { $0.measure("y") { $0.value = .between(1, 1) } }
      )),
    Program(
      name: "a contrastive loss with a temperature",
      steps: six(.network(samples: 32, outputs: 32, measure: measured(19)))),
    Program(
      name: "a pretrained model whose head alone is trained",
      run: .sound { ($0.parameters[0].isHeld, $0.parameters[0].requiresGradient) = (false, false) },
      steps: six(.network(measure: measured(0.4)), reached: ["fc2.weight"], unreached: ["fc1.weight"])),
    Program(
      name: "a resumed run", steps: six(.network(measure: measured(0.01))).map { $0.at($0.step + 900) }),
    Program(
      name: "a model with a head that the task does without",
      run: .sound { $0.parameters.append(.sound("auxiliary.weight")) },
      steps: six(.network(), unreached: ["auxiliary.weight"])),
    Program(
      name: "Q-learning with a target network",
      run: .sound { $0.parameters.append(.sound("target.weight").but { $0.isHeld = false }) },
      steps: six(
        .network(outputs: 1, then: ["squeeze"], loss: "smooth_l1_loss", output: [32]),
        unreached: ["target.weight"]
      )),
    Program(
      name: "a GAN whose discriminator takes five steps for one",
      run: .sound {
        $0.parameters = [
          .sound("G.weight", optimizer: 0, model: "G"), .sound("D.weight", optimizer: 1, model: "D"),
        ]
      },
      steps: six(
        .network(outputs: 1, then: ["detach"], loss: "binary_cross_entropy_with_logits", target: [32, 1]) {
          $0.optimizer = 1
        }, reached: ["D.weight"], unreached: ["G.weight"],
        calls: CallFacts(
          zeroGrads: 1,
          backwards: [.init(samples: 32, location: "gan.py:8"), .init(samples: 32, location: "gan.py:12")],
          optimizerSteps: 1))),
    Program(
      name: "a gradient that is accumulated over four batches",
      steps: six(
        .network(),
        calls: CallFacts(
          zeroGrads: 1,
          backwards: Array(repeating: .init(samples: 32, isScaled: true, location: "train.py:21"), count: 4),
          optimizerSteps: 1))),
    Program(
      name: "two losses of one batch, each with its backward",
      steps: six(
        .network(),
        calls: CallFacts(
          zeroGrads: 1,
          backwards: Array(
            repeating: .init(samples: 32, sharesBatch: true, location: "train.py:21"), count: 2),
          optimizerSteps: 1))),
    Program(
      name: "a closure of LBFGS", run: .sound { $0.optimizer = "LBFGS" },
      steps: six(
        .network(outputs: 1, loss: "mse_loss", target: [32, 1]),
        calls: CallFacts(
          zeroGrads: 20, backwards: Array(repeating: .init(samples: 32, location: "train.py:21"), count: 20),
          optimizerSteps: 1))),
    Program(
      name: "gradients that the script computes and sets itself",
      steps: six(.network(), calls: CallFacts(zeroGrads: 0, backwards: [], optimizerSteps: 1))),
    Program(
      name: "a language model whose start symbol is never predicted",
      steps: six(
        .made { maker in
          let weight = maker.parameter("fc1.weight", [30, 16])
          let tokens = maker.call("embedding", maker.input("x", [8, 5]), weight, shape: [8, 5, 16], line: 1)
          let output = maker.call("linear", tokens, weight, shape: [8, 5, 30], line: 2)
          let flat = maker.call("view", output, shape: [40, 30], line: 3)
          _ = maker.call("cross_entropy", flat, maker.input("y", [40]), shape: [], line: 4, phase: .loss)
        }, reached: ["fc1.weight"]), others: [epoch([0] + Array(repeating: 90, count: 29))]),
    Program(
      name: "a classifier that sees all classes, and is evaluated in evaluation mode",
      run: .sound { $0.modulesWithModes = [.init(name: "drop", isDropout: true)] }, steps: six(.network()),
      others: [
        epoch(Array(repeating: 32, count: 10)),
        .evaluation(EvaluationFacts(step: 10, modulesInTrainingMode: [], recordsGradients: true)),
      ]),
    Program(
      name: "a variational autoencoder with a sum for a loss",
      steps: six(
        .network(then: ["sigmoid"], loss: "binary_cross_entropy", target: [32, 10]) {
          $0.batchCount = 32
          $0.loss = 17_000
          $0.measure("binary_cross_entropy") { $0.reduction = .sum }
        }), others: [.losses([LossFacts(step: 7, loss: 3000)])]),
    Program(
      name: "an image that is optimized through a network",
      run: .sound {
        $0.parameters = [
          .sound("fc1.weight").but { $0.isHeld = false }, .sound("image").but { $0.isListed = false },
        ]
      }, steps: six(.network(loss: "mse_loss", target: [32, 10]), reached: ["fc1.weight", "image"])),
    Program(
      name: "parameters that the script updates itself", run: .sound { $0.optimizer = nil },
      steps: six(.network()).map {
        var step = $0
        step.calls = nil
        return step
      }),
    Program(
      name: "batch norm with a last batch of one image",
      run: .sound { $0.lastBatchSize = 1 },
      steps: six(
        .made { maker in
          let x = maker.input("x", [32, 3, 8, 8])
          let convolved = maker.call(
            "conv2d", x, maker.parameter("fc1.weight", [4, 3, 3, 3]), shape: [32, 4, 8, 8], line: 1)
          let normalized = maker.call("batch_norm", convolved, shape: [32, 4, 8, 8], in: "bn", line: 2)
          let pooled = maker.call("mean", normalized, shape: [32, 4], line: 3)
          _ = maker.call("cross_entropy", pooled, maker.input("y", [32]), shape: [], line: 4, phase: .loss)
        }, reached: ["fc1.weight"])),
  ]

  private static func epoch(_ counts: [Int]) -> Fact {
    let result = EpochResult(
      epoch: 1, step: 10, loss: 1, validationLoss: nil, trainAccuracy: nil, validationAccuracy: nil,
      seconds: 1)
    return .epoch(
      EpochFacts(result: result, classes: counts.map { EpochFacts.ClassCount(samples: $0, mispredicted: 0) }))
  }

  @Test(arguments: programs)
  func nothingIsFound(in program: Program) {
    #expect(structureFindings(program.facts) == [])
  }
}
