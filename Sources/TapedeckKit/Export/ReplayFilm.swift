import DebuggerUI
import Export
import TerminalUI
import Trace
import Training

/// The replay's screens as a film: the same state and panes that `tapedeck replay` has, at the recorded times.
struct ReplayFilm {
  /// **Units**: seconds that the last screen stays.
  private static let lastSeconds = 2.0

  private let archive: any RunArchive
  private let file: String
  private let options: ExportOptions

  /// A film of a recording in a file of some name.
  init(_ archive: any RunArchive, file: String, _ options: ExportOptions) {
    self.archive = archive
    self.file = file
    self.options = options
  }

  /// Gives the film to `write`, screen by screen; what is not as it was recorded is told once.
  ///
  /// - Throws: ``ExportError``, or what `write` throws.
  func write(_ write: @escaping ([UInt8]) throws -> Void, note: (String) -> Void) throws {
    let plan = try FilmPlan(archive, options.film)
    let origin = archive.origin
    var film = try Asciicast(
      size: options.film.size, title: "tapedeck: \(origin.description.data)", begun: origin.begun,
      write: write)
    var state = DebuggerState(size: options.film.size, pace: 1)
    var times = plan.frames[...]
    var notes: [String] = []
    let run = options.run.recorded(archive, file: file)
    try run.walk(through: plan.frames.map(\.iteration), focus: focus) { _, update in
      guard let frame = times.popFirst() else { return }
      var update = update
      if let limitation = update.moment?.limitation, !notes.contains(limitation) { notes.append(limitation) }
      // Between two screens the run stands only because the film is slower to make than to show.
      update.status = times.isEmpty ? update.status : .running
      _ = state.update(.run(update, seconds: frame.seconds))
      var screen = Buffer(size: options.film.size)
      state.draw(into: &screen)
      try film.add(screen, at: frame.seconds)
    }
    try film.finish(at: (plan.frames.last?.seconds ?? 0) + ReplayFilm.lastSeconds)
    notes.forEach(note)
  }

  /// What the node pane shows: as on a screen that plays, the first parameter unless another node was asked for.
  private var focus: Focus {
    let first = archive.origin.description.parameterNames.first
    return Focus(
      node: options.node ?? first, view: options.view ?? (options.node == nil ? .gradient : nil))
  }
}
