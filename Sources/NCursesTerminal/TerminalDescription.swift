import CNCurses

/// What terminfo knows about a kind of terminal.
struct TerminalDescription {
  /// How many colours it has; 0 where it has none.
  let colors: Int

  /// Looks the terminal up.
  ///
  /// - Throws: `TerminalError` where it is not known or cannot show a screen.
  init(name: String, descriptor: Int32) throws(TerminalError) {
    guard !name.isEmpty else { throw .noTerminalName }
    guard name != "dumb" else { throw .tooSimple(name) }
    var status: Int32 = 0
    guard setupterm(name, descriptor, &status) == OK else {
      // 1 means that it is known but prints on paper.
      throw status == 1 ? .tooSimple(name) : .unknown(name)
    }
    colors = Int(max(0, tigetnum("colors")))
    let placesCursor = Self.sequence("cup") != nil
    shim_forget_description()
    guard placesCursor else { throw .tooSimple(name) }
  }

  /// One of the sequences of the terminal that is open; nil where it has none.
  static func sequence(_ capability: String) -> String? {
    // Absent is nil, and a name that is not a capability is −1.
    guard let text = tigetstr(capability), Int(bitPattern: text) != -1 else { return nil }
    return String(cString: text)
  }
}
