import ArgumentParser
import Localization
import Trace

/// Checks of options that several commands have.
enum OptionCheck {
  /// The breakpoints that were given with `--break`.
  ///
  /// - Throws: `ValidationError` with the first that is not one.
  static func breakpoints(_ texts: [String]) throws -> [Breakpoint] {
    try texts.enumerated().map { place, text in
      do { return try Breakpoint(id: place + 1, parsing: text) } catch {
        throw ValidationError("--break '\(text)': \(error)")
      }
    }
  }

  /// Checks `--pace`.
  ///
  /// - Throws: `ValidationError` where it is not a number of at least 0.
  static func pace(_ pace: Double?) throws {
    guard pace.map({ $0 >= 0 && $0.isFinite }) ?? true else {
      throw ValidationError(localized("--pace expects a number of at least 0, but got \(pace ?? 0)."))
    }
  }

  /// Checks `--history`.
  ///
  /// - Throws: `ValidationError` where it is not a number of megabytes.
  static func history(_ megabytes: Int) throws {
    guard (1...1_000_000).contains(megabytes) else {
      throw ValidationError(
        localized("--history expects a whole number of megabytes from 1 to 1000000, but got \(megabytes)."))
    }
  }
}
