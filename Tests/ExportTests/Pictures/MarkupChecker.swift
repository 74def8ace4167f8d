/// Reads XML as far as a picture has it: elements with quoted attributes, and text.
struct MarkupChecker {
  /// The names of all elements, in order.
  private(set) var elements: [String] = []
  /// The texts within elements of one name, in order.
  private(set) var texts: [String: [String]] = [:]
  /// What is wrong; empty for well-formed markup.
  private(set) var faults: [String] = []

  /// Reads some markup.
  init(_ markup: String) {
    var open: [String] = []
    var rest = markup[...]
    while let start = rest.firstIndex(of: "<") {
      add(rest[..<start], within: open.last)
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: ">") else {
        faults.append("a tag without an end")
        return
      }
      let tag = rest[..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        let name = String(tag.dropFirst())
        if open.popLast() != name { faults.append("</\(name)> closes nothing") }
        continue
      }
      let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
      elements.append(name)
      if !tag.count(where: { $0 == "\"" }).isMultiple(of: 2) { faults.append("a quote in <\(tag)>") }
      if !tag.hasSuffix("/") { open.append(name) }
    }
    if !open.isEmpty { faults.append("open at the end: \(open)") }
    for scalar in markup.unicodeScalars where scalar.value < 0x20 && scalar != "\n" {
      faults.append("control character \(scalar.value)")
    }
  }

  private mutating func add(_ text: Substring, within name: String?) {
    guard let name, !text.isEmpty else { return }
    var plain = String(text)
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
      plain = plain.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    if text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
      .contains(where: { part in !["lt;", "gt;", "amp;", "quot;"].contains(where: part.hasPrefix) })
    {
      faults.append("an & in “\(text)”")
    }
    texts[name, default: []].append(plain)
  }
}
