import Trace

/// Why the script ended, as far as the probe knows it.
struct ScriptEnd: Sendable {
  /// The error that ended it.
  var failure: ExceptionMessage?
  /// The exit code; nil before the end.
  var exitCode: Int32?

  /// The error, with the line it happened in.
  var sentence: String? {
    failure.map { failure in
      let place = failure.place.map { " (" + ScriptSources.shortPlace($0) + ")" } ?? ""
      return (failure.sentence + place).withVisibleControls
    }
  }
}
