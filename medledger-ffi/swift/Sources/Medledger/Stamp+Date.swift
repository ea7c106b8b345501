import Foundation

extension Stamp {
    /// A date, kept to the millisecond. One that no stamp holds becomes the nearest that one does, and the library refuses it.
    init(_ date: Date) {
        let milliseconds = (date.timeIntervalSince1970 * 1_000).rounded()
        let seconds = (milliseconds / 1_000).rounded(.down)
        guard let whole = Int64(exactly: seconds) else {
            self.init(seconds: seconds < 0 ? .min : .max, nanos: 0)
            return
        }
        let rest = min(max(milliseconds - seconds * 1_000, 0), 999)
        self.init(seconds: whole, nanos: UInt32(rest) * 1_000_000)
    }

    /// The date.
    var date: Date {
        Date(timeIntervalSince1970: Double(seconds) + Double(nanos) / 1e9)
    }
}
