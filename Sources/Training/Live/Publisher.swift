import Numbers
import Trace

/// Collects news of a run, and publishes it with the next moment.
///
/// Owner: the training queue.
package final class Publisher {
  /// Whether and when a moment is wanted.
  private(set) var demand = MomentDemand()
  /// What is recorded of the run; nil where nothing is.
  private(set) var log: RunLog?

  private let send: (RunUpdate) -> Void
  private var news = RunUpdate()
  /// The losses that have not been published yet.
  private var losses: [RunUpdate.LossPoint] = []
  /// The graph that was published last.
  private var graph: ComputationGraph?
  private var lastProgress = -Double.infinity

  /// A publisher that hands its updates to `send`.
  package init(_ send: @escaping (RunUpdate) -> Void) { self.send = send }

  /// Records what is published from now on.
  func record(into log: RunLog) { self.log = log }

  /// Sends an update to the screen, and to the recording if there is one, at once.
  func post(_ update: RunUpdate) {
    log?.take(update)
    send(update)
  }

  /// Publishes at once what the run is doing.
  func post(_ status: RunUpdate.Status, progress: RunUpdate.Progress? = nil) {
    var update = RunUpdate()
    (update.status, update.progress) = (status, progress)
    post(update)
  }

  /// Publishes the progress of a long seek, a few times a second.
  func post(_ progress: RunUpdate.Progress, at seconds: Double) {
    guard seconds - lastProgress > 0.1 else { return }
    lastProgress = seconds
    var update = RunUpdate()
    update.progress = progress
    post(update)
  }

  /// Requests the next moment.
  func askForMoment() { demand.wantsMoment = true }

  /// Requests a moment that shows the node just chosen.
  func askForChoice() { demand.awaitsChoice = true }

  /// Publishes the loss of a step with the next moment.
  func add(_ loss: RunUpdate.LossPoint) { losses.add(loss) }

  /// Publishes values of plotted series with the next moment.
  func add(_ points: [SeriesPoint]) {
    news.series += points
    news.limitSeries()
  }

  /// Publishes the moment that `make` makes, if one is wanted and training can afford it; `alsoCost` is the time in seconds
  /// that it has taken already.
  func publishIfDue(
    now: () -> Double, alsoCost: Double = 0, progress: RunUpdate.Progress? = nil, _ make: () -> Moment
  ) {
    let start = now()
    guard demand.isWaiting, demand.awaitsChoice || demand.isAffordable(at: start) else { return }
    publish(make(), progress: progress)
    demand.satisfy(from: start, to: now(), alsoCost: alsoCost)
  }

  /// Publishes a warning with the next moment.
  func warn(_ sentence: String) { news.warnings.append(sentence) }

  /// Publishes warnings with the next moment.
  func warn(_ sentences: [String]) { news.warnings += sentences }

  /// Publishes what diagnosis has found with the next moment.
  func add(_ findings: [Finding]) { news.findings += findings }

  /// Publishes an event with the next moment.
  func add(_ event: RunEvent) { news.events.append(event) }

  /// Publishes a cause that was found with the next moment.
  func add(_ cause: Cause, at position: Position) {
    news.cause = cause
    add(RunEvent(.cause, at: position, node: cause.path.first?.node, cause.conclusion))
  }

  /// Publishes what a test of the model has shown with the next moment.
  func add(_ result: ModelTestResult, at position: Position) {
    news.modelTestResult = result
    add(RunEvent(.check, at: position, result.conclusion))
  }

  /// Compares a parameter's gradient with finite differences, at a cell and where it is largest, and publishes the result with the next moment.
  func checkGradient(of name: String, at cell: Int, _ tape: Tape, _ position: Position, _ names: ModelNames) {
    do {
      guard let parameter = names.orderedParameters.first(where: { $0.name == name })?.tensor else {
        throw ChangeError.unknownParameter(name: name, known: names.orderedParameters.map(\.name))
      }
      let check = try GradientProbe(tape, at: position, names).check(parameter, name: name, cell: cell)
      news.gradientCheck = check
      add(RunEvent(.check, at: position, node: name, "\(name): \(check.conclusion)"))
    } catch {
      warn("\(error)")
    }
  }

  /// A new future begins at a moment.
  func fork(at position: Position, future: Future) {
    losses.removeAll { $0.step >= position.step }
    news.series.removeAll { $0.step >= position.step }
    news.fork = RunUpdate.Fork(position: position, future: future)
  }

  /// Publishes a moment with all news.
  package func publish(
    _ moment: Moment?, status: RunUpdate.Status? = nil, progress: RunUpdate.Progress? = nil
  ) {
    news.status = status
    news.moment = moment
    if let moment, moment.graph != graph { (graph, news.graph) = (moment.graph, moment.graph) }
    news.moment?.graph = ComputationGraph()
    news.progress = progress
    news.losses = losses
    demand.awaitsChoice = false
    // A screen that fell behind once must not keep its memory for ever.
    losses.removeAll(keepingCapacity: losses.count < 4_096)
    flush()
  }

  /// Publishes the remaining news without a moment.
  func flush() {
    let update = news
    news = RunUpdate()
    post(update)
  }
}

/// Whether a moment is wanted, and whether training can afford to make one.
struct MomentDemand {
  /// Moments together take at most a hundredth of the time.
  private static let timeShare = 100.0

  /// Whether the screen waits for a moment.
  var wantsMoment = false
  /// Whether the user waits to see the node just chosen; then a moment is made whatever it costs.
  var awaitsChoice = false
  private var cost = 0.0
  private var last = -Double.infinity

  /// Whether a moment is wanted.
  var isWaiting: Bool { wantsMoment || awaitsChoice }

  /// Whether a moment made now leaves training its share of the time.
  func isAffordable(at seconds: Double) -> Bool { seconds - last > cost * MomentDemand.timeShare }

  /// A moment was made, from one time to another; `alsoCost` are seconds that it took before.
  mutating func satisfy(from start: Double, to end: Double, alsoCost: Double) {
    (wantsMoment, awaitsChoice) = (false, false)
    (last, cost) = (end, end - start + alsoCost)
  }
}
