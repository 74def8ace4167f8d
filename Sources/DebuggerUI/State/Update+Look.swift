import TerminalUI
import Trace

extension DebuggerState {
  /// Obeys a key that changes how a pane shows what it shows.
  mutating func obey(_ look: Look) -> [DebuggerEffect] {
    switch look {
    case .fold: return toggleFold()
    case .foldAll: return toggleAllFolds()
    case .find: return openFind()
    case .nextMatch: return goToMatch(by: 1)
    case .previousSlice: return moveSlice(by: -1)
    case .nextSlice: return moveSlice(by: 1)
    case .images: nodePane.showsImages.toggle()
    case .entries: nodePane.showsEntries.toggle()
    case .colors: nodePane.takeNextColors()
    case .scale: nodePane.takeNextScale()
    case .smoothing: lossPane.takeNextSmoothing()
    case .accuracy: lossPane.showsAccuracy.toggle()
    }
    return []
  }
}
