import Lessons
import Testing
import Trace

/// Numbers of the run in the texts.
struct LiveNumbersTests {
  private let description = RunDescription(
    data: "digits", network: "64→128→10", optimizer: "SGD lr 0.1 momentum 0.9", batchSize: 64, seed: 42,
    epochs: 20, stepsPerEpoch: 24, parameterNames: ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"])

  private func numbers(_ moment: Moment? = nil) -> LiveNumbers {
    LiveNumbers(description, moment, graph: description.presumedGraph)
  }

  @Test func aTextGetsTheNumbersOfTheNetwork() {
    let text = numbers().fill(
      "{network}: {first.module} {first.in}→{first.out} has {first.weights} weights of {parameter.count}, {operations} operators"
    )
    #expect(text == "64→128→10: fc1 64→128 has 8 192 weights of 9 610, 4 operators")
    #expect(
      numbers().fill("{classes} {lnC} {layers} {loss.node} {last.linear}")
        == "10 2.303 2 cross_entropy fc2.linear")
  }

  @Test func whatIsNotKnownIsADash() {
    #expect(numbers().fill("loss {loss}, {gradient.norm}") == "loss —, —")
    #expect(numbers().fill("{no.such.number} stays") == "{no.such.number} stays")
  }

  @Test func whatAScriptDoesNotTellIsNoZero() {
    let script = RunDescription(
      data: "train.py", network: "Net", optimizer: "", batchSize: 0, seed: 0, epochs: 0, stepsPerEpoch: 0)
    let numbers = LiveNumbers(
      script, Moment(position: Position(step: 3, phase: .batch, node: 0)), graph: nil)
    #expect(
      numbers.fill("{step} {batch} {samples} {epoch} {optimizer} {parameters} {lr}") == "3 — — — — — —")
    // The first layer has a row for each sample.
    let drawn = LiveNumbers(script, nil, graph: description.presumedGraph)
    #expect(drawn.fill("{batch} {samples}") == "64 —")
  }

  @Test func aMomentAddsItsOwn() {
    var moment = Moment(
      position: Position(step: 25, phase: .loss, node: 0),
      parameters: [
        ParameterSnapshot(name: "fc1.weight", weightNorm: 16, gradientNorm: 0.5, updateRatio: nil)
      ],
      loss: 0.25)
    moment.optimizer = "SGD lr 0.05"
    moment.byHand = ByHand(
      loss: .init(ofLogits: 0.25, bySteps: 0.25, twice: 1.5, gradient: 0.1, gradientTwice: 0.01))
    #expect(
      numbers(moment).fill("{step} {epoch} {loss} {lr} {weight.norm} {gradient.norm}")
        == "25 2 0.2500 0.05 16.0 0.500")
    #expect(numbers(moment).fill("{loss.logits} {loss.twice} {gradient.twice}") == "0.25 1.5 0.0100")
  }
}
