import Synchronization

/// Where the operators of a run get their random numbers: one stream for each use in each step.
///
/// A number depends on the seed, the step and how many streams were taken in it before, so a step that is
/// run again from ``begin(step:)`` draws the same numbers. The counters are atomic; a context's operators
/// run on one thread, so their order is fixed.
public final class RandomStreams: Sendable {
  /// What all numbers of the run come from.
  public let seed: UInt64
  private let step = Atomic<Int>(0)
  private let uses = Atomic<Int>(0)

  /// The streams of a seed, at step 0.
  public init(seed: UInt64) { self.seed = seed }

  /// Starts a step: the streams taken from now on are its first, second and so on.
  public func begin(step: Int) {
    self.step.store(step, ordering: .relaxed)
    uses.store(0, ordering: .relaxed)
  }

  /// The next stream of this step.
  public func next(_ purpose: Generator.Purpose) -> Generator {
    let use = uses.wrappingAdd(1, ordering: .relaxed).oldValue
    return Generator(
      seed: seed, purpose: purpose, step: step.load(ordering: .relaxed), call: use)
  }
}
