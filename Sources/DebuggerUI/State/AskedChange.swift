import Localization
import Trace

/// Whether a change was asked for that the run has not confirmed.
struct AskedChange: StatePart {
  var isOpen = false
}

extension DebuggerState {
  /// Says what was changed, once the run has answered; what went wrong is a warning.
  mutating func confirmChange(_ news: RunUpdate) {
    guard parts[AskedChange.self].isOpen else { return }
    if let change = news.events.last(where: { $0.kind == .change && $0.change != nil }) {
      notice = Notice(localized("changed: \(change.text)"))
    } else if news.warnings.isEmpty {
      return
    }
    parts[AskedChange.self].isOpen = false
  }
}
