import TerminalUI

/// Whether a picture is dark or light.
package enum PictureTheme: String, CaseIterable, Sendable {
  /// Light text on a dark ground.
  case dark
  /// Dark text on a light ground.
  case light

  /// The theme of that name.
  var theme: Theme { self == .dark ? .dark : .light }
}
