import DebuggerUI
import Dispatch
import Foundation
import Localization
import Synchronization

/// Reads the recordings of a folder on a thread of its own, again and again: new files, and those that have changed.
///
/// What it finds waits in ``takeNews()``; `onNews` is called when there is some.
final class FolderWatch: Sendable {
  private struct State {
    var news: [RunListNews] = []
    var wanted: [String] = []
    var isOver = false
  }

  /// What was read of a file.
  private struct Known {
    var file: RecordingFolder.File
    /// When it may be read again: a file that takes long is read less often.
    var due = 0.0
    /// The file when its curve was read.
    var curve: RecordingFolder.File?
  }

  /// **Units**: seconds from one look into the folder to the next, at least.
  private static let interval = 1.0
  /// How many times as long as a reading took the file is then left alone.
  private static let rest = 10.0

  private let folder: RecordingFolder
  private let state = Mutex(State())
  private let bell = DispatchSemaphore(value: 0)
  private let onNews: @Sendable () -> Void

  /// A watch of a folder that has not begun.
  init(_ folder: RecordingFolder, onNews: @escaping @Sendable () -> Void) {
    (self.folder, self.onNews) = (folder, onNews)
  }

  /// Begins to read.
  func start() {
    // The language of what is read, which the thread does not inherit.
    let language = Language.current
    let thread = Thread { [self] in language.during { watch() } }
    thread.name = "tapedeck.runs"
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Ends it; a reading that goes on ends by itself.
  func stop() {
    state.withLock { $0.isOver = true }
    bell.signal()
  }

  /// What was found since the last call.
  func takeNews() -> [RunListNews] {
    state.withLock { state in
      defer { state.news = [] }
      return state.news
    }
  }

  /// Says whose curves are to be read, the most urgent first.
  func want(_ paths: [String]) {
    state.withLock { $0.wanted = paths }
    bell.signal()
  }

  private var isOver: Bool { state.withLock(\.isOver) }

  private func post(_ news: RunListNews) {
    state.withLock { state in
      // While a recording is open nobody takes the news: only the newest of each file is kept.
      state.news.removeAll { $0.isReplaced(by: news) }
      state.news.append(news)
    }
    onNews()
  }

  private func watch() {
    var known: [String: Known] = [:]
    var listed: [String]?
    while !isOver {
      let begin = monotonicSeconds()
      let files: [RecordingFolder.File]
      do {
        files = try folder.files()
      } catch {
        post(.listed([]))
        post(.obstacle("\(error)"))
        listed = nil
        wait(FolderWatch.interval)
        continue
      }
      if listed == nil { post(.obstacle(nil)) }
      if listed != files.map(\.path) {
        listed = files.map(\.path)
        post(.listed(files.map { RunSummary(path: $0.path, name: $0.name, byteCount: $0.stamp.byteCount) }))
      }
      let paths = Set(files.map(\.path))
      known = known.filter { paths.contains($0.key) }
      read(files, &known)
      // A large tree of folders is looked through less often.
      let look = monotonicSeconds() - begin
      var left = max(FolderWatch.interval, min(60, look * 2))
      while left > 0, !isOver {
        let start = monotonicSeconds()
        guard wait(left) else { break }
        readCurves(files, &known)
        left -= monotonicSeconds() - start
      }
    }
  }

  /// Waits for that long; true where somebody rang before.
  @discardableResult
  private func wait(_ seconds: Double) -> Bool { bell.wait(timeout: .now() + seconds) == .success }

  private func read(_ files: [RecordingFolder.File], _ known: inout [String: Known]) {
    for file in files where !isOver {
      let old = known[file.path]
      let now = monotonicSeconds()
      guard old?.file != file, now >= old?.due ?? 0 else { continue }
      post(.read(RunReading.summary(file)))
      let end = monotonicSeconds()
      known[file.path] = Known(
        file: file, due: end + (end - now) * FolderWatch.rest, curve: old?.curve)
      readCurves(files, &known)
    }
    readCurves(files, &known)
  }

  /// Reads the curves that are wanted and have changed since they were read.
  private func readCurves(_ files: [RecordingFolder.File], _ known: inout [String: Known]) {
    for path in state.withLock(\.wanted) {
      guard !isOver, let entry = known[path], entry.curve != entry.file else { continue }
      post(.detail(path: path, RunReading.detail(path: path) ?? RunDetail(points: [])))
      known[path]?.curve = entry.file
    }
  }
}
