import TerminalUI

/// What is new about the recordings of a folder.
package enum RunListNews: Sendable, Equatable {
  /// The recordings that are in the folder now; those that are new have not been read.
  case listed([RunSummary])
  /// A recording was read, for the first time or because it has grown.
  case read(RunSummary)
  /// The curve of a recording was read.
  case detail(path: String, RunDetail)
  /// The folder cannot be read, as a sentence; nil where it can again.
  case obstacle(String?)
}

extension RunListNews {
  /// Whether other news say the same of the same file, and newer.
  package func isReplaced(by news: RunListNews) -> Bool {
    switch (self, news) {
    case (.read(let old), .read(let new)): old.path == new.path
    case (.detail(let old, _), .detail(let new, _)): old == new
    default: false
    }
  }
}

/// What the list asks for in answer to an event.
package enum RunListEffect: Sendable, Equatable {
  /// Leave the program.
  case quit
  /// Show a recording, and follow one that is being written.
  case open(path: String, isBeingWritten: Bool)
  /// Compare two recordings.
  case compare(String, String)
  /// Forget the comparison that is being made.
  case cancelComparison
}

/// The recordings of a folder, and how they are shown.
package struct RunListState: Sendable {
  /// What the curves are of.
  package enum Curve: Sendable, CaseIterable {
    case loss, validation, accuracy
  }

  /// The size of the screen.
  package var size: Size
  /// The folder, as it was given.
  package let folder: String
  /// Whether the folders in it are looked through too.
  package let isRecursive: Bool

  /// The recordings, by path.
  package private(set) var runs: [String: RunSummary] = [:]
  /// The curves that were read, by path.
  package private(set) var details: [String: RunDetail] = [:]
  /// The recordings in view, in their order.
  package private(set) var shown: [RunSummary] = []
  /// The texts of their cells, by column.
  private(set) var cells: [[RunColumn: String]] = []
  /// The texts of all recordings' cells, by path.
  private var texts: [String: [RunColumn: String]] = [:]
  /// The widest text of each column.
  private(set) var widths: [RunColumn: Int] = [:]
  /// Why the folder cannot be read; nil where it can.
  package private(set) var obstacle: String?
  /// Whether the folder was looked into.
  package private(set) var isListed = false

  /// The column that the list is sorted by.
  package var sortColumn = RunColumn.date { didSet { arrange() } }
  /// Whether the order is turned around.
  package var isReversed = false { didSet { arrange() } }
  /// The text that narrows the list down.
  package var filter = TextInput() { didSet { arrange() } }
  /// Whether that text is being typed.
  package var isFiltering = false
  /// The recordings that stay at the top, by path.
  package private(set) var pinned: Set<String> = []
  /// The recordings whose curves are shown, each with the number that gives it its colour.
  package private(set) var chosen: [String: Int] = [:]
  /// The path of the recording that the keys are about; nil where none is listed.
  package private(set) var selected: String?
  /// Whether the user has gone to a recording: until then it is the first, whichever that is while files are read.
  private var hasSelected = false
  /// The first row in view.
  package var firstRow = 0

  /// What the curves are of.
  package var curve = Curve.loss
  /// Whether the vertical axis is logarithmic.
  package var isLogarithmic = false
  /// Whether the loss of training is smoothed, so that curves which lie over each other can be told apart.
  package var isSmoothed = true
  /// Whether the curves take the whole screen.
  package var isZoomed = false
  /// Whether the settings take the place of the curves where there is room for one of them.
  package var prefersSettings = false
  /// The first setting in view.
  package var firstSetting = 0
  /// Whether the help is open.
  package var showsHelp = false
  /// Whether two recordings are being compared.
  package var isComparing = false
  /// What the last key did, or why it did nothing.
  package var notice: Notice?

  /// The list of a folder that has not been looked into.
  package init(size: Size, folder: String, isRecursive: Bool = false) {
    (self.size, self.folder, self.isRecursive) = (size, folder, isRecursive)
  }

  /// Says what went wrong, until the next key.
  package mutating func report(_ problem: String) { notice = .problem(problem) }

  /// The most recordings whose curves are shown at once.
  package static let mostChosen = 24

  /// The recording that the keys are about.
  package var selectedRun: RunSummary? { selected.flatMap { runs[$0] } }

  /// The place of that recording in the list.
  package var selectedRow: Int? { selected.flatMap { path in shown.firstIndex { $0.path == path } } }

  /// How many recordings have not been read yet.
  package var unreadCount: Int { runs.values.count { $0.state == .unread } }

  /// The chosen recordings, in the order of their numbers.
  package var chosenRuns: [(number: Int, run: RunSummary)] {
    chosen.sorted { $0.value < $1.value }.compactMap { path, number in runs[path].map { (number, $0) } }
  }

  /// The paths of the recordings whose curves are wanted, the most urgent first.
  package var wanted: [String] {
    let chosen = chosenRuns.map(\.run.path)
    return chosen + [selected].compactMap(\.self).filter { !chosen.contains($0) }
  }

  /// Takes what is new.
  package mutating func take(_ news: [RunListNews]) {
    for one in news {
      switch one {
      case .listed(let files): take(files)
      case .read(let run) where runs[run.path] != nil: keep(run)
      case .detail(let path, let detail) where runs[path] != nil: details[path] = detail
      case .obstacle(let sentence): (obstacle, isListed) = (sentence, true)
      case .read, .detail: break
      }
    }
    if !news.isEmpty { arrange() }
  }

  private mutating func take(_ files: [RunSummary]) {
    isListed = true
    let paths = Set(files.map(\.path))
    for path in runs.keys where !paths.contains(path) { (runs[path], texts[path]) = (nil, nil) }
    for file in files where runs[file.path] == nil { keep(file) }
    details = details.filter { runs[$0.key] != nil }
    chosen = chosen.filter { runs[$0.key] != nil }
    pinned.formIntersection(runs.keys)
  }

  private mutating func keep(_ run: RunSummary) {
    runs[run.path] = run
    texts[run.path] = Dictionary(uniqueKeysWithValues: RunColumn.allCases.map { ($0, $0.text(run)) })
  }

  /// Puts the recordings in order; the one that was selected stays so while it is listed.
  private mutating func arrange() {
    let place = hasSelected ? selectedRow ?? 0 : 0
    let filter = RunFilter(filter.text)
    let sorted = sortColumn.sorted(runs.values.filter(filter.matches), isReversed: isReversed)
    shown = sorted.filter { pinned.contains($0.path) } + sorted.filter { !pinned.contains($0.path) }
    cells = shown.map { texts[$0.path] ?? [:] }
    widths = [:]
    for row in cells { for (column, text) in row { widths[column] = max(widths[column] ?? 0, text.count) } }
    if selectedRow == nil || !hasSelected {
      selected = shown.isEmpty ? nil : shown[min(place, shown.count - 1)].path
    }
  }

  /// Selects a row; the nearest where there is none.
  package mutating func select(_ row: Int) {
    guard !shown.isEmpty else { return }
    hasSelected = true
    selected = shown[max(0, min(row, shown.count - 1))].path
  }

  /// Chooses a recording, which gives it the first number that is free, or leaves it out again.
  package mutating func toggle(_ path: String) {
    hasSelected = true
    if chosen.removeValue(forKey: path) != nil { return }
    let taken = Set(chosen.values)
    guard let free = (0..<RunListState.mostChosen).first(where: { !taken.contains($0) }) else { return }
    chosen[path] = free
  }

  /// Leaves all recordings out.
  package mutating func chooseNone() { chosen = [:] }

  /// Keeps a recording at the top, or lets it go to its place.
  package mutating func togglePin(_ path: String) {
    if pinned.remove(path) == nil { pinned.insert(path) }
    arrange()
  }
}
