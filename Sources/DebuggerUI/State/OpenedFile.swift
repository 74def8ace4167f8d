/// The recording that is being opened.
private struct OpenedFile: StatePart {
  var name: String?
}

extension DebuggerState {
  /// The name of the recording that is being opened; nil for none.
  package var openedFile: String? {
    get { parts[OpenedFile.self].name }
    set { parts[OpenedFile.self].name = newValue }
  }
}
