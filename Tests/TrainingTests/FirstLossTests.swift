import Autograd
import NN
import Testing
import Trace
import Training

/// A loss of several nodes in the first step, when nobody knows yet which is its last.
struct FirstLossTests {
  /// Twice the sum of two losses: three nodes of one number each, of which the last is the loss.
  private struct Doubled: Loss {
    func callAsFunction(
      _ output: Tensor, _ target: Tensor, file: StaticString, line: UInt
    ) throws -> Tensor {
      let loss = try CrossEntropyLoss()(output, target, file: file, line: line)
      return try loss.add(loss, file: file, line: line).mul(2, file: file, line: line)
    }
  }

  @Sendable private static func doubled() throws -> Experiment {
    var experiment = try smallExperiment()
    experiment.loss = Doubled()
    return experiment
  }

  private func stop(at text: String) throws -> (RunProbe, Moment) {
    let probe = RunProbe(Self.doubled)
    _ = try #require(probe.stop())
    probe.runner.send(.breakpoints([try Breakpoint(id: 1, parsing: text)]))
    return (probe, try #require(probe.stop(after: .run)))
  }

  @Test func theLossIsMeasuredAtItsLastNode() throws {
    let (probe, moment) = try stop(at: "loss > 0")
    #expect(moment.position == Position(step: 1, phase: .loss, node: 2))
    let loss = try #require(moment.loss)
    #expect(loss > 6, "four times a loss of about 2.3")
    #expect(moment.hit?.measured == "loss is \(loss)")
    // The next step's stop is at the same node.
    let next = try #require(probe.stop(after: .run))
    #expect(next.position == Position(step: 2, phase: .loss, node: 2))
  }

  @Test func aPartOfTheLossIsNotTakenForIt() throws {
    // Each of its parts is below 5, and the whole is not in any of the six steps.
    let (probe, moment) = try stop(at: "loss < 5")
    #expect(moment.hit == nil && probe.seen.status == .finished)
  }

  @Test func theLossIsFoundLookingBackIntoTheFirstStep() throws {
    let (probe, _) = try stop(at: "step == 2")
    let back = try #require(probe.stop(after: .searchBack(try Breakpoint(id: 2, parsing: "loss > 0"))))
    #expect(back.position == Position(step: 1, phase: .loss, node: 2))
  }
}
