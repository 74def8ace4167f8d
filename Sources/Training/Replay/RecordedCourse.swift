import Trace

/// The losses and epochs of a recording as facts, in the order of the run, some thousand steps at a time.
struct RecordedCourse {
  /// How many steps are read at once, and how many of all the others where there is no time to read them all.
  private static let (chunk, mostInHaste) = (8192, 20_000)

  private let archive: any RunArchive
  /// What was read and not told, and the last step that was read.
  private var losses: ArraySlice<StepScalars> = []
  private var read = 0
  private var epochs: ArraySlice<EpochResult> = []
  private var toldEpoch = 0
  /// The last learning rate, and the number that was written for it.
  private var rate: (recorded: Float, exact: Double)?

  /// The course of a recording, of which nothing was told.
  init(_ archive: any RunArchive) { self.archive = archive }

  /// Reads what was recorded since the last call.
  mutating func refresh() throws { epochs = try archive.epochs().filter { $0.epoch > toldEpoch }[...] }

  /// The first step, up to one, whose loss is not finite and was not told; nil where there is none.
  mutating func firstBroken(through step: Int) throws -> Int? {
    func broken(in rows: some Sequence<StepScalars>) -> Int? {
      rows.first { $0.step <= step && !$0.loss.isFinite }?.step
    }
    if read < step, step - read <= RecordedCourse.chunk { try readMore(step, isLate: false) }
    if let found = broken(in: losses) { return found }
    var last = read
    while last < step, let steps = try archive.stepsWithNumbers(after: last, limit: RecordedCourse.chunk) {
      if let found = broken(in: try archive.losses(in: steps)) { return found }
      last = steps.upperBound
    }
    return nil
  }

  /// Tells what comes before the end of a step, its loss included; the epoch that ends with it only where that is wanted.
  /// Once it is late, the losses are thinned, with the extremes kept.
  mutating func tell(
    through step: Int, withEpoch: Bool, isLate: () -> Bool, _ tell: (Fact) throws -> Void
  ) throws {
    while true {
      while losses.isEmpty, read < step { try readMore(step, isLate: isLate()) }
      let epoch = epochs.first
      let last = min(step, epoch?.step ?? .max)
      let next = losses.prefix { $0.step <= last }
      if !next.isEmpty {
        losses.removeFirst(next.count)
        try tell(.losses(next.map { facts($0) }))
      } else if let epoch, epoch.step < step || withEpoch && epoch.step == step {
        epochs.removeFirst()
        toldEpoch = epoch.epoch
        try tell(.epoch(EpochFacts(result: epoch)))
      } else {
        return
      }
    }
  }

  private mutating func readMore(_ step: Int, isLate: Bool) throws {
    guard !isLate, let steps = try archive.stepsWithNumbers(after: read, limit: RecordedCourse.chunk) else {
      if isLate { losses += try archive.scalars(in: read + 1...step, limit: RecordedCourse.mostInHaste) }
      read = step
      return
    }
    losses += try archive.losses(in: steps)
    read = steps.upperBound
  }

  private mutating func facts(_ loss: StepScalars) -> LossFacts {
    if loss.learningRate != rate?.recorded {
      // 0.1 is recorded as a number that in double precision would be 0.10000000149.
      rate = Double(loss.learningRate.description).flatMap { $0.isNaN ? nil : (loss.learningRate, $0) }
    }
    return LossFacts(step: loss.step, loss: loss.loss, learningRate: rate?.exact)
  }
}
