import Glibc
import Localization

/// The character set that the screen is drawn in.
enum TerminalLocale {
  /// Sets the character set of the process; returns whether it is UTF-8, and otherwise why not, as a sentence.
  ///
  /// `isUTF8` is what the terminal has answered. Where the locale of the environment is another one, or is not
  /// installed, a UTF-8 terminal gets UTF-8 all the same.
  static func choose(_ environment: [String: String], isUTF8: Bool?) -> (isUTF8: Bool, remark: String?) {
    setlocale(LC_CTYPE, "")
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    // tmux answers for itself, and shows other characters than ASCII as underscores where its own terminal has none.
    let isUTF8 = isUTF8 == true && environment["TMUX"] != nil ? tmuxHasUTF8() ?? isUTF8 : isUTF8
    if isUTF8 == false {
      return (
        false, localized("The terminal does not show UTF-8, so the screen is drawn with ASCII characters.")
      )
    }
    if hasUTF8 { return (true, nil) }
    let names = name.lowercased().filter { $0 != "-" }
    guard isUTF8 == true || names.hasSuffix("utf8") else {
      return (
        false,
        localized(
          """
          The screen is drawn with ASCII characters, because the locale is not UTF-8 and the terminal does not say \
          whether it shows UTF-8. If it does, start with LC_ALL=C.UTF-8.
          """)
      )
    }
    for substitute in ["C.UTF-8", "C.utf8", "en_US.UTF-8", "es_ES.UTF-8"] {
      if setlocale(LC_CTYPE, substitute) != nil, hasUTF8 { return (true, nil) }
    }
    return (
      false,
      localized(
        """
        The screen is drawn with ASCII characters, because no UTF-8 locale is installed. Install one (Debian: \
        locales-all).
        """)
    )
  }

  /// Whether the terminal around tmux shows UTF-8, as tmux believes; nil where it does not say.
  private static func tmuxHasUTF8() -> Bool? {
    guard let output = popen("tmux display-message -p '#{client_utf8}' 2>/dev/null", "r") else { return nil }
    let answer = fgetc(output)
    pclose(output)
    return answer == 0x31 ? true : answer == 0x30 ? false : nil
  }

  private static var hasUTF8: Bool { String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8" }
}
