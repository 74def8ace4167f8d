import Trace

extension RecordedRun {
  /// Goes through the ends of iterations, in their order, and shows what a screen would be told of each.
  ///
  /// - Parameters:
  ///   - iterations: The iterations to stop at, rising.
  ///   - focus: The tensor that moments have.
  ///   - show: Takes an iteration and what is new.
  /// - Throws: what `show` throws, or the error of the operator that failed.
  public func walk(
    through iterations: [Int], focus: Focus, show: @escaping (Int, RunUpdate) throws -> Void
  ) throws {
    guard let first = iterations.first else { return }
    let gate = Gate()
    let walk = Walk(iterations, lastNode: archive.origin.description.parameterNames.count - 1, show)
    let (session, loop, begun) = try session(at: first, gate: gate) { walk.take($0, gate) }
    walk.news = begun
    session.focus = focus
    do { try session.drive(loop) { _ in } } catch is Session.RunEnded {}
    if let problem = walk.problem { throw problem }
  }
}

/// Asks for one iteration after the other.
///
/// Owner: the thread that the session runs on.
private final class Walk {
  /// What is new since the last iteration that was shown.
  var news = RunUpdate()
  private(set) var problem: (any Error)?
  private var left: ArraySlice<Int>
  private var wanted: Int?
  private let lastNode: Int
  private let show: (Int, RunUpdate) throws -> Void

  init(_ iterations: [Int], lastNode: Int, _ show: @escaping (Int, RunUpdate) throws -> Void) {
    left = iterations[...]
    self.lastNode = max(0, lastNode)
    self.show = show
  }

  /// Shows where the run stands, if that is an iteration's end, and asks for the next one.
  func take(_ update: RunUpdate, _ gate: Gate) {
    news.append(update)
    guard update.status == .paused || update.status == .finished else { return }
    do {
      if let wanted { try show(wanted, news) }
      if wanted != nil { news = RunUpdate() }
      wanted = left.popFirst()
    } catch {
      problem = error
      wanted = nil
    }
    guard let wanted else { return gate.ask { $0.commands.append(.quit) } }
    let position = Position(iteration: wanted, phase: .update, node: lastNode)
    gate.ask { $0.commands.append(.seek(position)) }
  }
}
