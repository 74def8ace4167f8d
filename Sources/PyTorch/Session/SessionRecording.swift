import Numbers
import Trace

/// What a recording gets of a script's run.
struct SessionRecording: Sendable {
  /// The most parameters that have pictures.
  static let mostPictures = 24
  /// The most cells that are asked for to make a picture.
  static let pictureCells = 1_024

  /// The recording's origin, made from the run's description; nil while nothing is recorded.
  var origin: (@Sendable (RunDescription) -> RunOrigin)?
  /// **Units**: bytes. What a step that is recorded whole may take.
  var wholeStepBytes = 0
  private var assembly = WholeStepAssembly()
  private var finalState = FinalState()
  private var nextWhole = 1
  private var hasOrigin = false
  private var parameterCount = 0
  private var graph: ComputationGraph?
  private var nextPictures = 1
  private var waiting: [RunRecord] = []
  private var open: [OutputLine.Stream: OutputLine] = [:]
  private var lastStep = 0
  /// The questions whose answers become pictures, as far as they have not been answered.
  private var questions: Set<Int> = []
  private var pictures: [Thumbnail] = []

  /// Whether there is a recording.
  var isOn: Bool { origin != nil }

  /// The numbers of steps; with the first ones the recording begins.
  mutating func take(_ rows: [ScalarsMessage.Row], _ description: RunDescription) -> [RunRecord] {
    guard isOn else { return [] }
    var records = begin(description)
    for row in rows where row.step > lastStep {
      lastStep = row.step
      var norms = Array(row.gradientNorms.prefix(parameterCount))
      norms += [Float](repeating: .nan, count: parameterCount - norms.count)
      records.append(
        .scalars(
          StepScalars(
            step: row.step, loss: row.loss, accuracy: row.accuracy, learningRate: Float(row.learningRate),
            gradientNorms: norms, seconds: row.seconds)))
      // As in other recordings, a hash is that of the start of a step, and not every step has one.
      if let hash = row.hash, row.step.isMultiple(of: 8) { records.append(.hash(step: row.step + 1, hash)) }
    }
    return records
  }

  private mutating func begin(_ description: RunDescription) -> [RunRecord] {
    guard !hasOrigin, let origin else { return [] }
    hasOrigin = true
    parameterCount = description.parameterNames.count
    defer { waiting = [] }
    return [.origin(origin(description))] + waiting
  }

  /// The graph of a step, where it is new.
  mutating func take(_ graph: ComputationGraph, at step: Int) -> [RunRecord] {
    guard isOn, !graph.nodes.isEmpty, graph != self.graph else { return [] }
    self.graph = graph
    return orWait([.graph(step: step, graph)])
  }

  /// Lines of output: a line is recorded when the next one begins, since it may be written again until then.
  mutating func take(_ lines: [OutputLine]) -> [RunRecord] {
    guard isOn else { return [] }
    var records: [RunRecord] = []
    for line in lines {
      if !line.replacesLast, let last = open[line.stream] { records.append(.event(RunEvent(last))) }
      open[line.stream] = line
    }
    return orWait(records)
  }

  /// No line is written again.
  mutating func closeLines() -> [RunRecord] {
    guard hasOrigin else { return [] }
    defer { open = [:] }
    return open.values.map { .event(RunEvent($0)) }
  }

  /// A step that comes whole begins.
  mutating func begin(_ step: WatchedStep) { assembly.begin(step) }

  /// A tensor of a step that comes whole.
  mutating func take(_ kept: KeptMessage) { assembly.take(kept, limit: wholeStepBytes) }

  /// The end of a step that came whole.
  mutating func take(_ message: RecordedMessage) -> [RunRecord] {
    guard isOn, let step = assembly.end(message) else { return [] }
    if nextWhole == .max || !step.isWanted { nextWhole = 2 * step.watched.step }
    // Steps after it that are not whole are shown with its graph.
    let graph = take(ComputationGraph(nodes: step.watched.nodes), at: step.watched.step)
    return graph + orWait([.whole(step)])
  }

  /// A parameter or buffer as the script has left it.
  mutating func take(_ message: StateMessage) { finalState.take(message, limit: wholeStepBytes) }

  /// The state is complete.
  mutating func endState() -> [RunRecord] {
    guard hasOrigin, let state = finalState.end(after: lastStep) else { return [] }
    return [.keyframe(state)]
  }

  /// Whether another whole step is wanted after a step: from one to the next the distance doubles.
  mutating func wantsWholeStep(after step: Int) -> Bool {
    guard step + 1 >= nextWhole else { return false }
    nextWhole = .max
    return true
  }

  /// Whether pictures are wanted after a step: after 1, 2, 4, 8 and so on, and after every hundredth.
  mutating func wantsPictures(at step: Int) -> Bool {
    guard step >= nextPictures else { return false }
    nextPictures = min(step * 2, step + 100)
    return true
  }

  /// A tensor is asked for, to make a picture of it.
  mutating func ask(_ question: Int) { questions.insert(question) }

  /// Whether a tensor was asked for to make a picture of it.
  func hasAsked(_ question: Int?) -> Bool { question.map(questions.contains) ?? false }

  /// The answer to a question, nil where it has none; the pictures of a step are recorded together, with the last one.
  mutating func take(answer tensor: TensorSnapshot?, to question: Int?, at step: Int) -> [RunRecord] {
    if let question { questions.remove(question) }
    if let tensor { pictures.append(Thumbnail(tensor)) }
    guard questions.isEmpty, hasOrigin, !pictures.isEmpty else { return [] }
    defer { pictures = [] }
    return [.thumbnails(step: step, pictures)]
  }

  /// The end of the run.
  mutating func end(isComplete: Bool, at position: Position) -> [RunRecord] {
    guard hasOrigin else { return [] }
    return closeLines() + (isComplete ? [.finished] : [])
  }

  /// What comes before the origin waits for it.
  private mutating func orWait(_ records: [RunRecord]) -> [RunRecord] {
    if hasOrigin { return records }
    waiting += records.prefix(max(0, 10_000 - waiting.count))
    return []
  }
}

extension RunEvent {
  /// A line of output as a recording keeps it.
  init(_ line: OutputLine) {
    self.init(
      line.stream == .output ? .output : .errorOutput, at: Position.start(of: max(1, line.step)), line.text)
  }
}

extension Thumbnail {
  /// The greatest number of rows and of columns.
  private static let side = 32

  /// A picture of a tensor: evenly chosen cells of it.
  init(_ tensor: TensorSnapshot) {
    let (rows, columns) = tensor.matrixSize
    let (high, wide) = (min(rows, Thumbnail.side), rows == 0 ? 0 : min(columns, Thumbnail.side))
    let cells = (0..<high * wide).map { cell in
      tensor.values[cell / wide * rows / high * columns + cell % wide * columns / wide]
    }
    let finite = cells.filter(\.isFinite)
    let (least, greatest) = (finite.min() ?? .nan, finite.max() ?? .nan)
    let levels = cells.map { cell -> UInt8 in
      guard cell.isFinite, greatest > least else { return cell == .infinity ? 255 : 0 }
      // In double precision the distance of two single ones is always finite.
      let (low, high) = (Double(least), Double(greatest))
      return UInt8(Int(bounded: ((Double(cell) - low) / (high - low) * 255).rounded(), to: 0...255))
    }
    self.init(
      node: tensor.node, view: tensor.view, shape: tensor.shape, rows: high, columns: wide, levels: levels,
      minimum: least, maximum: greatest)
  }
}
