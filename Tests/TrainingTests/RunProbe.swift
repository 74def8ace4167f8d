import Autograd
import Datasets
import Dispatch
import NN
import Trace
import Training

/// A runner with a screen's part played by the test: sends commands and waits for what comes of them.
final class RunProbe {
  private let arrival: DispatchSemaphore
  let runner: Runner
  private(set) var seen = RunUpdate()

  /// Starts an experiment.
  init(
    isPaused: Bool = true, limits: HistoryLimits = HistoryLimits(),
    _ make: @escaping @Sendable () throws -> Experiment
  ) {
    let arrival = DispatchSemaphore(value: 0)
    self.arrival = arrival
    runner = Runner(make: make, now: { 0 }, limits: limits, onUpdate: { arrival.signal() })
    runner.start(isPaused: isPaused, pace: nil)
  }

  /// Starts a run from any source, recorded as a plan says.
  init(
    _ source: RunSource, isPaused: Bool = true, recording plan: RecordingPlan = RecordingPlan(),
    pace: Double? = nil
  ) {
    let arrival = DispatchSemaphore(value: 0)
    self.arrival = arrival
    runner = Runner(
      source, recording: plan, now: { 0 }, limits: HistoryLimits(), onUpdate: { arrival.signal() })
    runner.start(isPaused: isPaused, pace: pace)
  }

  deinit {
    runner.send(.quit)
    _ = runner.waitForEnd(seconds: 10)
  }

  /// Waits for the first moment that satisfies a condition; nil if none comes in ten seconds.
  func moment(_ condition: (RunUpdate) -> Bool) -> Moment? {
    repeat {
      let update = runner.takeUpdate()
      seen.append(update)
      if !update.isEmpty, condition(update), let moment = update.moment { return moment }
    } while arrival.wait(timeout: .now() + 10) == .success
    return nil
  }

  /// Waits until all updates together satisfy a condition; false if that takes more than ten seconds.
  func told(_ condition: (RunUpdate) -> Bool) -> Bool {
    repeat {
      seen.append(runner.takeUpdate())
      if condition(seen) { return true }
    } while arrival.wait(timeout: .now() + 10) == .success
    return false
  }

  /// The message with which the run fails or is paused before a node that failed; nil if it does not within ten seconds.
  func failure() -> String? {
    repeat {
      seen.append(runner.takeUpdate())
      switch seen.status {
      case .failed(let message)?, .halted(let message)?: return message
      default: break
      }
    } while arrival.wait(timeout: .now() + 10) == .success
    return nil
  }

  /// The moment at which the run pauses next.
  func stop() -> Moment? { moment { $0.status == .paused || $0.status == .finished } }

  /// Sends a command and waits until the run is paused again.
  func stop(after command: Command) -> Moment? {
    runner.send(command)
    return stop()
  }
}

/// A two-layer network on the first digits, small enough to walk through node by node.
@Sendable func smallExperiment() throws -> Experiment {
  var generator = Generator(seed: 7, purpose: .initialization)
  let model = MultilayerPerceptron(sizes: [64, 5, 10], generator: &generator)
  let data = try Subset(ImageDataset.digitsTrain(), indices: Array(0..<24))
  return Experiment(
    name: "digits", model: model, loss: CrossEntropyLoss(),
    optimizer: SGD(model.namedParameters(), learningRate: 0.1, momentum: 0.9),
    trainData: try DataLoader(data, batchSize: 8, shuffle: true, seed: 7), validationData: data, epochs: 2,
    seed: 7)
}
