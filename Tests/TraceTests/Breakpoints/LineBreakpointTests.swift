import Testing
import Trace

struct LineBreakpointTests {
  @Test func aLineOfAFileIsABreakpoint() throws {
    let breakpoint = try Breakpoint(id: 1, parsing: "line my scripts/train.py:42")
    #expect(breakpoint.line == Breakpoint.SourceLine(file: "my scripts/train.py", line: 42))
    #expect(breakpoint.text == "line my scripts/train.py:42")
  }

  @Test(arguments: ["line", "line train.py", "line train.py:0", "line :3", "line train.py:x"])
  func whatIsNoLineIsNone(_ text: String) {
    #expect((try? Breakpoint(id: 1, parsing: text))?.line == nil)
  }

  @Test func aNodeMayBeCalledLine() throws {
    #expect(try Breakpoint(id: 1, parsing: "line backward").node == "line")
  }
}
