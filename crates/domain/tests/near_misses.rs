//! Answers that look alike and are not the same: none of a group is taken for another of it.

use badgedex_domain::typed_answer::is_same;

/// Versions, addresses, sizes, flags, ports, percentages, names: 200 answers and more.
const GROUPS: &[&[&str]] = &[
    // Versions.
    &["1.3", "13", "1 3", "1-3", "1.30", "v1.3", "1.3.0", "13.0", "1,3", "1:3"],
    &["1.5", "15", "1 5", "1.50", "1,5", "-1.5", "+1.5", "~1.5", "^1.5", ">1.5", "1.5+"],
    &["TLS 1.2", "TLS 1.3", "TLS 12", "TLS 13", "SSL 1.2", "TLS 1.2.0"],
    &["Python 3.9", "Python 39", "Python 3.90", "Python 2.9", "Python 3 9", "Python 3"],
    &["2.10", "21.0", "210", "2.1", "2.1.0", "2-10"],
    &["C", "C++", "C#", "C--", "C*", "F#"],
    &[".5", "5", "0.5", "05"],
    // Addresses and ranges.
    &["127.0.0.1", "12 7.001", "127.0.01", "1270.0.1", "127001", "127.0.0.1/8", "127.0.0.1:80"],
    &["10.0.0.0/8", "100008", "10.0.0.08", "10.0.0.0", "10.0.0.0/18", "10.0.0.0 8", "10.0.0.0-8"],
    &["192.168.0.0/16", "192.168.0.0/24", "192.168.00/16", "192.16.80.0/16", "192.168.0.0"],
    &["169.254.169.254", "169.254.16.9254", "169.254.169.253", "169254169254"],
    &["::1", "1", ":1", "::11", "::"],
    &["0.0.0.0/0", "0.0.0.0", "0000/0", "::/0"],
    &["example.com", "example.com.", "examplecom", "*.example.com", "www.example.com"],
    &["a@b.com", "ab.com", "a.b@com", "a@bcom"],
    // Sizes and times.
    &["5 GB", "5 Gb", "5 TB", "5 MB", "5 GiB", "55 GB", "0.5 GB", "5.5 GB", "5 GB/s"],
    &["10 Mbps", "10 MBps", "10 mbps", "10 Gbps", "1 0 Mbps", "10 Mb"],
    &["512 KB", "512 kB", "512 Kb", "512 KiB", "51.2 KB", "5 12 KB"],
    &["1 ms", "1 Ms", "1 s", "1 m", "1 M", "1 h", "1 us", "1 ns", "11 ms"],
    &["15 minutes", "1.5 minutes", "15 months", "15", "1 5 minutes", "15 hours"],
    &["16 TiB", "16 TB", "1.6 TiB", "16 GiB", "1 6 TiB"],
    &["3 GHz", "3 Ghz", "3 MHz", "3.3 GHz"],
    // Flags and commands.
    &["-A", "a", "-a", "A-", "--A", "-AA"],
    &["-v", "-V", "v.", "--v", "-vv", "+v"],
    &["--all", "--ALL", "-all", "all", "--al-l", "--a"],
    &["--all-namespaces", "--allnamespaces", "--all_namespaces", "-all-namespaces", "--all=namespaces"],
    &[
        "kubectl get pods",
        "kubectl get pods -A",
        "kubectl get pods -a",
        "kubectl get pod",
        "kubectl get pods/a",
    ],
    &["ls -l", "ls -L", "ls l", "ls -1", "ls - l"],
    &["rm *.txt", "rm * .txt", "rm .txt", "rm *txt", "rm *.*"],
    &["chmod 755", "chmod 7 55", "chmod 75 5", "chmod +x", "chmod -x", "chmod x"],
    &["git log -p", "git log -P", "git log p", "git log --p"],
    &["$PATH", "PATH", "%PATH%", "@PATH", "#PATH"],
    &["/etc/hosts", "etc/hosts", "/etc hosts", "/etc/host", "/etc//hosts", "~/etc/hosts"],
    &["~/.ssh", "/.ssh", "~.ssh", "~/ssh"],
    &["a=b", "a:b", "a==b", "a b", "a_b", "a/b", "a~b"],
    &["!=", "=", "==", "=!"],
    &["&&", "&", "||", "|"],
    // Ports and numbers.
    &["443", "4 43", "44.3", "4,43", "4-43", "44:3", "#443", "8443"],
    &["80/tcp", "80/udp", "80 tcp/", "8.0/tcp", "80"],
    &["1024", "1.024", "10.24", "102 4", "-1024", "1024+"],
    &["0-1023", "01023", "0 1023", "0.1023", "01-023"],
    &["10^6", "106", "10*6", "10 6", "10-6"],
    // Percentages and money.
    &["99.99 %", "9999", "9999 %", "99.9 %", "99.999 %", "99.99", "99 99 %", "99,99 %"],
    &["50 %", "50", "5.0 %", "-50 %", "5 0 %", "$50"],
    &["$100", "100", "$1.00", "€100", "100 %", "$10 0", "-$100"],
    // Names.
    &["IAM", "I AM", "IA M", "IEM"],
    &["S3", "S4", "EC3", "S.3", "S-3-3", "S33", "S*3"],
    &["EC2", "ECS", "ECR", "EKS", "EC22"],
    &["Amazon SQS", "Amazon SNS", "Amazon SES", "AWS SMS"],
    &["Amazon EBS", "Amazon EFS", "Amazon EKS", "Amazon ECS"],
    &["CloudTrail", "CloudWatch", "CloudFront", "CloudFormation"],
    &["AWS Config", "AWS Connect", "AWS Console"],
    &["Direct Connect", "Direct Connection", "Connect"],
    &["re:Invent", "reinvent", "re-invent:", "re.Invent"],
    &["node.js", "nodejs", "node:js", "node/js"],
    &["e-mail", "email", "mail"],
    &["snake_case", "snake case", "snake__case", "snake.case"],
    &["t3.micro", "t2.micro", "t3micro", "t3.nano", "t.3micro"],
    &["SAA-C03", "SAA-C02", "SAP-C02", "SAA-C3", "SA-C03"],
    &["A record", "AAAA record", "MX record", "A"],
    &["us-east-1", "us-east-2", "us-west-1", "us-east"],
];

#[test]
fn no_answer_is_taken_for_another_that_looks_like_it() {
    let count: usize = GROUPS.iter().map(|group| group.len()).sum();
    assert!(count >= 200, "{count}");
    let mut taken = Vec::new();
    for group in GROUPS {
        for (place, a) in group.iter().enumerate() {
            assert!(is_same(a, a), "{a}");
            for b in &group[place + 1..] {
                if is_same(a, b) || is_same(b, a) {
                    taken.push(format!("{a} / {b}"));
                }
            }
        }
    }
    assert!(taken.is_empty(), "taken for each other: {taken:?}");
}
